// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import java.util.concurrent.locks.LockSupport;

/** Time that passes while something is measured. */
final class Pause {
    private Pause() {}

    static void seconds(long seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
