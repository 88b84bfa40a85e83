// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one sipp saw.
 *
 * @param exitCode 0 if all calls went well, 1 if some did not, 97 if it was stopped, 99 if there was no call
 * @param retransmissions of any message, by sipp itself
 * @param inviteRetransmissions copies of a first INVITE, sent or received
 * @param duplicateOks copies of the 200 to a first INVITE, sent or received
 * @param callsWithRinging in which a 180 was sent or received
 * @param counts sipp's own, as {@code 2_180_Recv}: step, message, what
 * @param setupMillis first INVITE to its first 200, ascending, one per answered call
 * @param errors sipp's error log; empty if it had nothing to say
 */
public record SippReport(
        String scenario,
        int exitCode,
        long successful,
        long failed,
        long retransmissions,
        long inviteRetransmissions,
        long duplicateOks,
        long callsWithRinging,
        Map<String, Long> counts,
        List<Double> setupMillis,
        String errors) {

    public SippReport {
        counts = Map.copyOf(counts);
        setupMillis = List.copyOf(setupMillis);
    }

    static SippReport of(
            String scenario,
            int exitCode,
            List<String> statistics,
            List<String> counts,
            SippMessages messages,
            String errors) {
        Map<String, String> totals = lastRow(statistics);
        Map<String, Long> perStep = new HashMap<>();
        lastRow(counts).forEach((key, value) -> {
            if (Character.isDigit(key.charAt(0))) perStep.put(key, Long.valueOf(value));
        });
        return new SippReport(
                scenario,
                exitCode,
                total(totals, "SuccessfulCall(C)"),
                total(totals, "FailedCall(C)"),
                total(totals, "Retransmissions(C)"),
                messages.inviteRetransmissions(),
                messages.duplicateOks(),
                messages.callsWithRinging(),
                perStep,
                messages.setupMillis(),
                errors);
    }

    /**
     * How often a message was seen, over all steps of the scenario.
     *
     * @param message {@code "INVITE"}, {@code "180"}
     * @param what {@code "Sent"}, {@code "Recv"}, {@code "Retrans"}, {@code "Timeout"}, {@code "Unexp"}
     */
    public long count(String message, String what) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().matches("\\d+_" + message + "_" + what))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * A percentile of the setup times, by the nearest rank.
     *
     * @param percent above 0, at most 100
     * @throws IllegalStateException if no call was answered
     */
    public double setupMillis(double percent) {
        if (!(percent > 0 && percent <= 100)) throw new IllegalArgumentException("not a percentile: " + percent);
        if (setupMillis.isEmpty()) throw new IllegalStateException("no call was answered");
        return setupMillis.get((int) Math.ceil(percent / 100 * setupMillis.size()) - 1);
    }

    /** Calls made and taken in sipp's own statistics so far. */
    static long callsSoFar(List<String> statistics) {
        return total(lastRow(statistics), "TotalCallCreated");
    }

    private static long total(Map<String, String> totals, String key) {
        return Long.parseLong(totals.getOrDefault(key, "0"));
    }

    private static Map<String, String> lastRow(List<String> csv) {
        Map<String, String> row = new LinkedHashMap<>();
        if (csv.size() < 2) return row;
        String[] names = csv.get(0).split(";");
        String[] values = csv.get(csv.size() - 1).split(";");
        for (int i = 0; i < Math.min(names.length, values.length); i++) row.put(names[i], values[i]);
        return row;
    }

    @Override
    public String toString() {
        String setup = setupMillis.isEmpty()
                ? "no setup times"
                : "setup p50 %.1f p99 %.1f ms".formatted(setupMillis(50), setupMillis(99));
        return "%s: exit %d, %d successful, %d failed, %d retransmissions, %d INVITE copies, %d duplicate 200s, %d with 180, %s%s"
                .formatted(
                        scenario,
                        exitCode,
                        successful,
                        failed,
                        retransmissions,
                        inviteRetransmissions,
                        duplicateOks,
                        callsWithRinging,
                        setup,
                        errors.isEmpty() ? "" : "\n" + errors);
    }
}
