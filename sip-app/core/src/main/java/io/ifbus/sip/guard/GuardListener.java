// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

/**
 * Hears of each change of a guard's state, in the order of the changes of one host. Called by the thread that caused the
 * change, with the guard's lock held: must be quick and must not call a guard.
 */
@FunctionalInterface
public interface GuardListener {
    /**
     * The guard of {@code host} changed.
     *
     * @param to never the same as {@code from}
     */
    void changed(String host, GuardState from, GuardState to);
}
