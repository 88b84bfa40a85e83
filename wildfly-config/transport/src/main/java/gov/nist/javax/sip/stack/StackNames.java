// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.IpLiteral;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names under which the stack sends: what a response's topmost Via may say, and which of the machine's addresses leads
 * to a peer. Safe for use by any thread.
 */
final class StackNames {
    private static final int MOST = 4096;

    private final Set<String> sentBy = ConcurrentHashMap.newKeySet();
    private final Set<String> connectors = ConcurrentHashMap.newKeySet();
    private final Set<Integer> wildcards = ConcurrentHashMap.newKeySet(); // their ports
    private final Map<InetAddress, InetAddress> towards = new ConcurrentHashMap<>();
    private final Map<String, Boolean> mine = new ConcurrentHashMap<>();

    /** Notes a connector. */
    void listensAt(InetAddress address, int port) {
        sends(address.getHostAddress(), port);
        connectors.add(key(address.getHostAddress(), port));
        if (address.isAnyLocalAddress()) {
            wildcards.add(port);
        }
    }

    /** Whether a connector is or was there. */
    boolean isConnector(String host, int port) {
        return connectors.contains(key(host, port)) || wildcards.contains(port) && isMine(host);
    }

    /** Notes the sent-by of a request that leaves. */
    void sends(String host, int port) {
        String name = key(host, port);
        if (!sentBy.contains(name)) {
            sentBy.add(name);
        }
    }

    /** Whether a response with that sent-by is an answer to the stack (RFC 3261 section 18.1.2). */
    boolean areOurs(String host, int port) {
        return sentBy.contains(key(host, port));
    }

    private static String key(String host, int port) {
        return bare(host) + " " + port;
    }

    /** A host without an IPv6 reference's brackets, an IPv6 address in its long form, all in lower case. */
    static String bare(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (name.indexOf(':') < 0) {
            return name.toLowerCase(java.util.Locale.ROOT);
        }
        try {
            return IpLiteral.parse(name).getHostAddress();
        } catch (UnknownHostException e) {
            return name; // no address: equals itself only
        }
    }

    /** The machine's address from which a packet to {@code peer} leaves. */
    InetAddress towards(InetAddress peer) throws IOException {
        InetAddress known = towards.get(peer);
        if (known == null) {
            try (DatagramSocket probe = new DatagramSocket()) { // connecting it sends nothing
                probe.connect(new InetSocketAddress(peer, 5060));
                known = probe.getLocalAddress();
            }
            if (towards.size() >= MOST) {
                towards.clear(); // routes change; the next ones are looked up anew
            }
            towards.put(peer, known);
        }
        return known;
    }

    /** Whether {@code host} is an IP address of this machine. */
    boolean isMine(String host) {
        Boolean known = mine.get(host);
        if (known == null) {
            known = host.matches("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?") && isLocal(host);
            if (mine.size() >= MOST) {
                mine.clear();
            }
            mine.put(host, known);
        }
        return known;
    }

    private static boolean isLocal(String address) {
        try {
            return NetworkInterface.getByInetAddress(IpLiteral.parse(address)) != null;
        } catch (IOException e) {
            return false; // not an address at all
        }
    }
}
