// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.guard;

/** Counts what guards refuse. Called on the path of each call: must be quick and not throw. */
@FunctionalInterface
public interface GuardMeter {
    /** An INVITE to {@code host} was refused. */
    void refused(String host, RefusedBecause reason);
}
