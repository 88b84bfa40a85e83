// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import io.ifbus.sip.phones.SippReport;
import java.util.Locale;

/**
 * What one run of calls cost.
 *
 * @param callsPerSecond asked for
 * @param calls within the window that was measured
 * @param serverSeconds CPU of the server in the window
 * @param sippSeconds CPU of both sipps in the window
 * @param otherCores cores that everything else used
 * @param caller what the caller saw, of the whole run
 * @param calleeCalls calls that reached the callee, of the whole run
 */
record Window(
        int callsPerSecond,
        double calls,
        double serverSeconds,
        double sippSeconds,
        double otherCores,
        SippReport caller,
        long calleeCalls) {
    private static final double WHOLE = 0.999;
    private static final double PROMPT_MILLIS = 100;
    private static final double QUIET_CORES = 0.3;

    double units() {
        return serverSeconds / sippSeconds;
    }

    /** Whether nothing else disturbed it. */
    boolean isQuiet() {
        return otherCores <= QUIET_CORES;
    }

    /** At least 99.9 % of the calls whole, and the 99th percentile of the setup times below 100 ms. */
    boolean isGood() {
        long all = caller.successful() + caller.failed();
        return caller.successful() >= WHOLE * all && caller.setupMillis(99) < PROMPT_MILLIS;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%4d cps: %.2f ms CPU per call, %.1f units, %s, %d of %d whole, %d at the callee, others %.2f cores%s",
                callsPerSecond,
                1000 * serverSeconds / calls,
                units(),
                setup(),
                caller.successful(),
                caller.successful() + caller.failed(),
                calleeCalls,
                otherCores,
                isQuiet() ? "" : " (void: not quiet)");
    }

    /** Known only where the caller's messages were logged, and then the units are too low. */
    private String setup() {
        return caller.setupMillis().isEmpty()
                ? "not traced"
                : String.format(
                        Locale.ROOT,
                        "setup p50 %.1f p99 %.1f ms, %d INVITEs and %d 200s again (traced)",
                        caller.setupMillis(50),
                        caller.setupMillis(99),
                        caller.inviteRetransmissions(),
                        caller.duplicateOks());
    }
}
