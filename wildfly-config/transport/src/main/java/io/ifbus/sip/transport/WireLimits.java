// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

/**
 * Bounds of the sockets. What exceeds one is refused and counted ({@link WireCounters}).
 *
 * @param udpBufferBytes receive and send buffer asked of the system for each UDP socket; the system may grant less
 * @param messageBytes the largest message taken from a stream or WebSocket; a longer one closes its connection
 * @param connections most connections that peers have open at a time on one connector, and as many that it has opened; one
 *     thread each
 * @param connectionsPerPeer most of them from one address, and most of those to one
 * @param connectMillis how long an outbound connection and its TLS handshake may take to open
 * @param messageMillis how long a message or handshake that has begun may take to be complete, and how soon the first
 *     message of an accepted connection must be there
 * @param idleMillis how long a connection may be silent
 * @param messagesPerSecond most messages a second from one address and port, averaged over a second; 0 for no bound
 * @param queuedMessages most messages that wait for a worker; new dialogs are answered 503 above it
 */
public record WireLimits(
        int udpBufferBytes,
        int messageBytes,
        int connections,
        int connectionsPerPeer,
        int connectMillis,
        int messageMillis,
        int idleMillis,
        int messagesPerSecond,
        int queuedMessages) {
    /** 4 MiB of buffer holds about one second of 1,000 calls a second while the collector pauses the process. */
    public static final WireLimits DEFAULTS =
            new WireLimits(4 << 20, 64 << 10, 1024, 256, 4000, 10_000, 3_600_000, 0, 10_000);

    public WireLimits {
        positive(udpBufferBytes, "udpBufferBytes");
        positive(messageBytes, "messageBytes");
        positive(connections, "connections");
        positive(connectionsPerPeer, "connectionsPerPeer");
        positive(connectMillis, "connectMillis");
        positive(messageMillis, "messageMillis");
        positive(idleMillis, "idleMillis");
        positive(messagesPerSecond + 1, "messagesPerSecond + 1");
        positive(queuedMessages, "queuedMessages");
    }

    private static void positive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be > 0, was " + value);
        }
    }
}
