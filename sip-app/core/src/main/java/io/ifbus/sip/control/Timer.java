// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import java.time.Duration;

/** Runs things later. */
@FunctionalInterface
public interface Timer {
    /**
     * Runs {@code task} once after {@code delay}, on any thread.
     *
     * @return stops it if it has not run yet; may be called at any time and more than once
     */
    Runnable start(Duration delay, Runnable task);
}
