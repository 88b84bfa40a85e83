// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import io.ifbus.sip.transport.WireLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of one connector, by what leads to them. Safe for use by any thread. */
final class StreamConnections {
    private final Set<StreamConnection> all = ConcurrentHashMap.newKeySet();
    private final Numbers acceptedOnes = new Numbers();
    private final Numbers openedOnes = new Numbers();
    private final Map<InetSocketAddress, StreamConnection> accepted = new ConcurrentHashMap<>();
    private final Map<Target, StreamConnection> opened = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, StreamConnection> aliases = new ConcurrentHashMap<>();

    /**
     * Where a connection of ours leads.
     *
     * @param name the host that was asked for, which its certificate must name; empty without TLS
     */
    record Target(InetSocketAddress address, String name) {}

    /** How many there are, in all and of each peer. */
    private static final class Numbers {
        private final Map<InetAddress, Integer> perPeer = new HashMap<>();
        private int total;

        synchronized String add(InetAddress peer, WireLimits limits) {
            if (total >= limits.connections()) {
                return limits.connections() + " are open already";
            }
            if (perPeer.getOrDefault(peer, 0) >= limits.connectionsPerPeer()) {
                return limits.connectionsPerPeer() + " of its address are open already";
            }
            total++;
            perPeer.merge(peer, 1, Integer::sum);
            return null;
        }

        synchronized void remove(InetAddress peer) {
            total--;
            perPeer.computeIfPresent(peer, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    private Numbers numbersOf(StreamConnection connection) {
        return connection.isAccepted() ? acceptedOnes : openedOnes;
    }

    /**
     * Takes a connection, from the moment it has a socket. Those that peers have opened and those of ours are counted apart:
     * neither may use up what is for the other.
     *
     * @return why it is one too many and was not taken, or null
     */
    String add(StreamConnection connection, WireLimits limits) {
        String reason = numbersOf(connection).add(connection.peer().getAddress(), limits);
        if (reason != null) {
            return reason;
        }
        all.add(connection);
        if (connection.isAccepted()) {
            accepted.put(connection.peer(), connection);
        }
        return null;
    }

    /** Makes a connection of ours known as the way to {@code target}. */
    void opened(Target target, StreamConnection connection) {
        opened.put(target, connection);
        if (!connection.isOpen()) {
            opened.remove(target, connection); // closed in the meantime
        }
    }

    /** Makes an accepted connection known as the way to the address its peer listens at (RFC 5923 section 8.2). */
    void alias(InetSocketAddress address, StreamConnection connection) {
        aliases.put(address, connection);
        if (!connection.isOpen()) {
            aliases.remove(address, connection);
        }
    }

    void remove(StreamConnection connection) {
        if (!all.remove(connection)) {
            return;
        }
        numbersOf(connection).remove(connection.peer().getAddress());
        accepted.remove(connection.peer(), connection);
        opened.values().removeIf(connection::equals);
        aliases.values().removeIf(connection::equals);
    }

    /**
     * The open connection to use for {@code target}, or null: one of ours to it; one from that very address and port, if
     * that address is what was asked for; or one whose certificate is for the name, from there or by its peer's own word.
     */
    StreamConnection find(Target target) {
        StreamConnection ours = opened.get(target);
        if (ours != null) {
            return ours;
        }
        StreamConnection theirs = accepted.get(target.address());
        if (theirs != null && isMeant(theirs, target.name())) {
            return theirs;
        }
        StreamConnection alias = aliases.get(target.address());
        return alias != null && alias.belongsTo(target.name()) ? alias : null;
    }

    /** A name asked for needs a certificate (RFC 5922 section 4); nobody else can be at the peer's own address and port. */
    private static boolean isMeant(StreamConnection theirs, String name) {
        return name.isEmpty() || name.equals(theirs.peer().getAddress().getHostAddress()) || theirs.belongsTo(name);
    }

    Set<StreamConnection> all() {
        return all;
    }

    int size() {
        return all.size();
    }
}
