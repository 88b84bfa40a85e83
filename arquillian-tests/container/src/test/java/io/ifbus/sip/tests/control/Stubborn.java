// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.server.ApiCall;
import java.time.Duration;
import java.util.function.IntConsumer;

/** A peer that answers each try the same way, until the call is over. */
final class Stubborn {

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int ENOUGH = 10;

    private Stubborn() {}

    /**
     * How many requests of a method come.
     *
     * @param answer what the peer does about each, given how many there were before it
     */
    static int tries(RawPeer peer, ApiCall call, String method, IntConsumer answer) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int tries = 0;
        while (tries < ENOUGH && System.nanoTime() < end) {
            boolean over = call.look().text("state").equals("terminated");
            if (hears(peer, method)) answer.accept(tries++);
            else if (over) return tries;
        }
        return tries;
    }

    private static boolean hears(RawPeer peer, String method) {
        try {
            peer.waitsAtMost(LOOK_EVERY).expectsNew(method);
            return true;
        } catch (AssertionError none) {
            return false;
        } finally {
            peer.waitsAtMost(Duration.ofSeconds(5));
        }
    }
}
