// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

/** What a guarded stage fails with when its target did; the one failure that the breakers count. */
final class TargetFailed extends RuntimeException {

    static final TargetFailed INSTANCE = new TargetFailed();

    private TargetFailed() {
        super("the target failed", null, false, false);
    }
}
