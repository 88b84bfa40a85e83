// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import org.mobicents.ext.javax.sip.dns.DNSLookupPerformer;
import org.mobicents.ext.javax.sip.dns.DNSServerLocator;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Type;

/**
 * Finds where a request goes (RFC 3263 section 4), for the engine, which tries the targets in turn. Safe for use by any
 * thread. A search blocks its thread for its time budget at most.
 *
 * <p>Names of the system's hosts file are taken from there, and no server is asked about them. Absent: ENUM; a tel URI has
 * no target.
 */
public final class Locator implements DNSServerLocator {
    /** How long all the questions for one request take at most. */
    public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(2);

    private static final int DNS_PORT = 53;
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    private final Dns dns;
    private final Discovery discovery;
    private final Map<String, Integer> transports = new ConcurrentHashMap<>(); // connectors by transport in lower case
    private final Map<String, List<String>> localAddresses = new ConcurrentHashMap<>();

    /**
     * @param servers name servers, asked in turn; empty for the system's
     * @param budget how long all the questions for one request take at most, from 1 ms
     * @param random draws among SRV records; used by many threads at once
     */
    public Locator(List<InetSocketAddress> servers, Duration budget, RandomGenerator random) {
        this(servers, budget, random, Path.of("/etc/hosts"));
    }

    Locator(List<InetSocketAddress> servers, Duration budget, RandomGenerator random, Path hosts) {
        this.dns = new Dns(servers.isEmpty() ? ofSystem() : servers, new HostsFile(hosts), budget);
        this.discovery = new Discovery(requireNonNull(random, "random"));
    }

    /** With the system's name servers and 2 s. */
    public Locator() {
        this(List.of(), DEFAULT_BUDGET, new SecureRandom());
    }

    private static List<InetSocketAddress> ofSystem() {
        String[] names = ResolverConfig.getCurrentConfig().servers();
        return names == null
                ? List.of(new InetSocketAddress("127.0.0.1", DNS_PORT))
                : Arrays.stream(names)
                        .map(name -> new InetSocketAddress(name, DNS_PORT))
                        .toList();
    }

    // ---- what the engine asks ----

    /** Targets in the order in which they are to be tried; empty if there is none. The queue is the caller's. */
    @Override
    public Queue<Hop> locateHops(URI uri) {
        SipURI sip = getSipURI(uri);
        if (sip == null) {
            return new LinkedList<>();
        }
        // RFC 3263 section 4: maddr takes precedence
        String host = sip.getMAddrParam() != null ? sip.getMAddrParam() : sip.getHost();
        if (isNumeric(host) || sip.getPort() > 0) {
            Service service = Service.saidBy(sip).orElse(Service.byScheme(sip));
            int port = sip.getPort() > 0 ? sip.getPort() : service.defaultPort();
            return isNumeric(host)
                    ? queue(List.of(host), port, service.transport())
                    : resolveHostByAandAAAALookup(host, port, service.transport());
        }
        if (localAddresses.containsKey(key(host)) || dns.isOwn(host)) {
            Service service = Service.saidBy(sip).orElse(Service.byScheme(sip));
            return resolveHostByAandAAAALookup(host, service.defaultPort(), service.transport());
        }
        return new LinkedList<>(discovery.find(dns.search(), sip, host, this::supports));
    }

    private static boolean isNumeric(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static String key(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private boolean supports(Service service) {
        return transports.getOrDefault(service.transport(), 0) > 0;
    }

    @Override
    public Queue<Hop> resolveHostByAandAAAALookup(String host, int port, String transport) {
        List<String> local = localAddresses.get(key(host));
        return queue(local != null ? local : dns.search().addresses(host), port, transport);
    }

    private static Queue<Hop> queue(List<String> addresses, int port, String transport) {
        Queue<Hop> hops = new LinkedList<>();
        addresses.forEach(address -> hops.add(new Target(address, port, transport)));
        return hops;
    }

    /** The URI itself if it is a SIP or SIPS URI, else null. */
    @Override
    public SipURI getSipURI(URI uri) {
        return uri instanceof SipURI sip ? sip : null;
    }

    // ---- what the engine tells ----

    /** Nothing to note: a local name has addresses, see {@link #mapLocalHostNameToIP}. */
    @Override
    public void addLocalHostName(String name) {
        requireNonNull(name, "name");
    }

    @Override
    public void removeLocalHostName(String name) {
        unmapLocalHostNameToIP(name);
    }

    @Override
    public void mapLocalHostNameToIP(String name, Set<String> addresses) {
        localAddresses.put(key(name), List.copyOf(addresses));
    }

    @Override
    public void unmapLocalHostNameToIP(String name) {
        localAddresses.remove(key(name));
    }

    /** Called once for each connector. */
    @Override
    public void addSupportedTransport(String transport) {
        transports.merge(key(transport), 1, Integer::sum);
    }

    /** Called once for each connector that closes. */
    @Override
    public void removeSupportedTransport(String transport) {
        transports.computeIfPresent(key(transport), (name, connectors) -> connectors > 1 ? connectors - 1 : null);
    }

    @Override
    public void setDnsLookupPerformer(DNSLookupPerformer performer) {
        throw new UnsupportedOperationException("the locator asks by itself");
    }

    @Override
    public DNSLookupPerformer getDnsLookupPerformer() {
        return new Lookups(dns);
    }

    /** Records of one kind, as the engine asks for them. */
    private record Lookups(Dns dns) implements DNSLookupPerformer {
        @Override
        public List<Record> performSRVLookup(String name) {
            return dns.search().records(name, Type.SRV, Record.class);
        }

        @Override
        public List<NAPTRRecord> performNAPTRLookup(String name, boolean secure, Set<String> supported) {
            return dns.search().records(name, Type.NAPTR, NAPTRRecord.class).stream()
                    .filter(naptr -> !secure
                            || naptr.getService().toUpperCase(Locale.ROOT).startsWith(SERVICE_SIPS))
                    .toList();
        }

        @Override
        public Queue<Hop> locateHopsForNonNumericAddressWithPort(String host, int port, String transport) {
            return queue(dns.search().addresses(host), port, transport);
        }

        @Override
        public void setDNSTimeout(int seconds) {
            dns.setBudget(Duration.ofSeconds(seconds));
        }

        @Override
        public int getDNSTimeout() {
            return Math.toIntExact(dns.budget().toSeconds());
        }
    }
}
