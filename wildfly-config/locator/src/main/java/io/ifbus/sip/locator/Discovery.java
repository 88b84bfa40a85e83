// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import javax.sip.address.SipURI;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** The targets of a name without a port (RFC 3263 sections 4.1 and 4.2). */
final class Discovery {
    private static final int MOST = 16; // targets of one request

    private final RandomGenerator random;

    Discovery(RandomGenerator random) {
        this.random = random;
    }

    /** @param supported whether there is a connector for it */
    List<Target> find(Dns.Search search, SipURI uri, String host, Predicate<Service> supported) {
        Optional<Service> said = Service.saidBy(uri);
        if (said.isPresent()) {
            return bySrv(search, List.of(said.get()), host);
        }
        List<Service> candidates = Service.DISCOVERED.stream()
                .filter(supported)
                .filter(service -> service.isSecure() || !uri.isSecure())
                .toList();
        for (Pointer pointer : pointers(search, host, candidates)) {
            Optional<List<Target>> targets = srv(search, pointer.srvName(), pointer.service());
            if (targets.isPresent()) {
                return targets.get();
            }
        }
        return bySrv(search, candidates.isEmpty() ? List.of(Service.byScheme(uri)) : candidates, host);
    }

    /** What a NAPTR record leads to. */
    private record Pointer(Service service, String srvName) {}

    /** Those of candidate services, by order and preference. */
    private static List<Pointer> pointers(Dns.Search search, String host, List<Service> candidates) {
        List<NAPTRRecord> records = search.records(host, Type.NAPTR, NAPTRRecord.class).stream()
                .filter(naptr -> "s".equalsIgnoreCase(naptr.getFlags()))
                .sorted(Comparator.comparingInt(NAPTRRecord::getOrder).thenComparingInt(NAPTRRecord::getPreference))
                .toList();
        List<Pointer> pointers = new ArrayList<>();
        for (NAPTRRecord naptr : records) {
            Service.ofNaptr(naptr.getService())
                    .filter(candidates::contains)
                    .ifPresent(service -> pointers.add(
                            new Pointer(service, naptr.getReplacement().toString())));
        }
        return pointers;
    }

    /** The first of the services that has SRV records; without any, the name's addresses and the first service. */
    private List<Target> bySrv(Dns.Search search, List<Service> services, String host) {
        for (Service service : services) {
            Optional<List<Target>> targets = srv(search, service.srvPrefix() + host, service);
            if (targets.isPresent()) {
                return targets.get();
            }
        }
        Service first = services.get(0);
        return search.addresses(host).stream()
                .limit(MOST)
                .map(address -> new Target(address, first.defaultPort(), first.transport()))
                .toList();
    }

    /** Targets of that name's SRV records; empty if it has none, or none with an address. */
    private Optional<List<Target>> srv(Dns.Search search, String name, Service service) {
        List<SRVRecord> records = search.records(name, Type.SRV, SRVRecord.class);
        List<Target> targets = new ArrayList<>();
        for (SRVRecord srv : SrvOrder.draw(records, random)) {
            if (!srv.getTarget().equals(Name.root)) { // RFC 2782: the root means that the service is not there
                search.addresses(srv.getTarget().toString(true))
                        .forEach(address -> targets.add(new Target(address, srv.getPort(), service.transport())));
            }
        }
        return targets.isEmpty() ? Optional.empty() : Optional.of(targets.subList(0, Math.min(MOST, targets.size())));
    }
}
