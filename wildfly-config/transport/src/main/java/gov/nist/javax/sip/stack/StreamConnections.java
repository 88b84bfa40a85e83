// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The connections of one connector, by what leads to them. Safe for use by any thread. */
final class StreamConnections {
    private final Set<StreamConnection> all = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, AtomicInteger> perPeer = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, StreamConnection> accepted = new ConcurrentHashMap<>();
    private final Map<Target, StreamConnection> opened = new ConcurrentHashMap<>();
    private final Map<InetSocketAddress, StreamConnection> aliases = new ConcurrentHashMap<>();

    /**
     * Where a connection of ours leads.
     *
     * @param name the host that was asked for, which its certificate must name; empty without TLS
     */
    record Target(InetSocketAddress address, String name) {}

    /** Takes a connection, from the moment it has a socket. */
    void add(StreamConnection connection) {
        all.add(connection);
        perPeer.compute(connection.peer().getAddress(), (address, count) -> {
            AtomicInteger counted = count == null ? new AtomicInteger() : count;
            counted.incrementAndGet();
            return counted;
        });
        if (connection.isAccepted()) {
            accepted.put(connection.peer(), connection);
        }
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
        perPeer.computeIfPresent(
                connection.peer().getAddress(), (address, count) -> count.decrementAndGet() == 0 ? null : count);
        accepted.remove(connection.peer(), connection);
        opened.values().removeIf(connection::equals);
        aliases.values().removeIf(connection::equals);
    }

    /**
     * The open connection to use for {@code target}, or null: one of ours to it; one from that very address and port, which
     * nobody else can be at; or one whose peer listens there by its own word and its certificate is for the name.
     */
    StreamConnection find(Target target) {
        StreamConnection ours = opened.get(target);
        if (ours != null) {
            return ours;
        }
        StreamConnection theirs = accepted.get(target.address());
        if (theirs != null) {
            return theirs;
        }
        StreamConnection alias = aliases.get(target.address());
        return alias != null && alias.belongsTo(target.name()) ? alias : null;
    }

    Set<StreamConnection> all() {
        return all;
    }

    int size() {
        return all.size();
    }

    int sizeOf(InetAddress peer) {
        AtomicInteger count = perPeer.get(peer);
        return count == null ? 0 : count.get();
    }
}
