// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container.transport;

/**
 * Bounds of the sockets.
 *
 * @param udpBufferBytes receive and send buffer asked of the system for each UDP socket; the system may grant less
 * @param messageBytes the largest message taken from a stream; a longer one closes its connection
 * @param connections most TCP connections open at a time on one connector; one thread each
 * @param connectMillis how long an outbound connection may take to open
 */
public record WireLimits(int udpBufferBytes, int messageBytes, int connections, int connectMillis) {
    /** 4 MiB of buffer holds about one second of 1,000 calls a second while the collector pauses the process. */
    public static final WireLimits DEFAULTS = new WireLimits(4 << 20, 64 << 10, 1024, 4000);

    public WireLimits {
        positive(udpBufferBytes, "udpBufferBytes");
        positive(messageBytes, "messageBytes");
        positive(connections, "connections");
        positive(connectMillis, "connectMillis");
    }

    private static void positive(int value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be > 0, was " + value);
        }
    }
}
