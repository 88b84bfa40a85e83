// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import java.time.Duration;

/** Waits; in tests, does not. */
@FunctionalInterface
public interface Pause {
    void of(Duration duration) throws InterruptedException;
}
