// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * What a server of the tests adds to each of its ports. All stay below the ports that the system gives away by itself.
 *
 * @param value a multiple of 100, at which no two servers' ports meet
 */
public record PortOffset(int value) {

    private static final int STEP = 100;
    private static final int LOWEST = 10;
    private static final int HIGHEST = 220;
    private static final int[] TCP = {8080, 8443, 9990, 5060, 7600, 7650, 4712, 4713};
    private static final int[] UDP = {5060};
    private static final Set<PortOffset> TAKEN = ConcurrentHashMap.newKeySet();

    /**
     * One at which every port was free a moment ago. It is not given to anybody else in this JVM.
     *
     * @throws IllegalStateException if there is none
     */
    public static PortOffset find() {
        int first = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        return IntStream.range(0, HIGHEST - LOWEST)
                .map(i -> LOWEST + (first - LOWEST + i) % (HIGHEST - LOWEST))
                .mapToObj(hundreds -> new PortOffset(hundreds * STEP))
                .filter(offset -> offset.isFree() && TAKEN.add(offset))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no port offset is free"));
    }

    public int http() {
        return 8080 + value;
    }

    public int management() {
        return 9990 + value;
    }

    /** UDP and TCP. */
    public int sip() {
        return 5060 + value;
    }

    /** Where a node of a cluster waits for the others. */
    public int cluster() {
        return 7600 + value;
    }

    private boolean isFree() {
        try {
            for (int port : TCP) {
                try (ServerSocket socket = new ServerSocket()) {
                    socket.bind(loopback(port + value));
                }
            }
            for (int port : UDP) {
                new DatagramSocket(loopback(port + value)).close();
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
