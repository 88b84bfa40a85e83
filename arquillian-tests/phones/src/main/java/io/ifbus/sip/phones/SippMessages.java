// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What sipp's short message log tells of each call's first INVITE.
 *
 * <p>A line is, tab separated: date, time, seconds since 1970, {@code S} or {@code R}, Call-ID, {@code CSeq:1 INVITE},
 * start line.
 */
final class SippMessages {

    private static final int FIELDS = 7;

    private final Map<String, Setup> setups = new HashMap<>();

    private static final class Setup {
        private String cseq;
        private double invitedAt;
        private double answeredAt;
        private int invites;
        private int ringing;
        private int oks;
    }

    void add(String line) {
        String[] fields = line.split("\t", FIELDS);
        if (fields.length < FIELDS || !fields[5].endsWith(" INVITE")) return;
        double seconds = Double.parseDouble(fields[2]);
        Setup setup = setups.computeIfAbsent(fields[4], id -> new Setup());
        if (setup.cseq == null) {
            setup.cseq = fields[5];
            setup.invitedAt = seconds;
        }
        if (!setup.cseq.equals(fields[5])) return;
        String start = fields[6];
        if (start.startsWith("INVITE ")) setup.invites++;
        else if (start.startsWith("SIP/2.0 180")) setup.ringing++;
        else if (start.startsWith("SIP/2.0 200") && setup.oks++ == 0) setup.answeredAt = seconds;
    }

    /** Ascending. */
    List<Double> setupMillis() {
        List<Double> millis = new ArrayList<>();
        for (Setup setup : setups.values()) if (setup.oks > 0) millis.add((setup.answeredAt - setup.invitedAt) * 1000);
        millis.sort(Comparator.naturalOrder());
        return millis;
    }

    long inviteRetransmissions() {
        return setups.values().stream()
                .mapToLong(setup -> Math.max(0, setup.invites - 1))
                .sum();
    }

    long duplicateOks() {
        return setups.values().stream()
                .mapToLong(setup -> Math.max(0, setup.oks - 1))
                .sum();
    }

    long callsWithRinging() {
        return setups.values().stream().filter(setup -> setup.ringing > 0).count();
    }
}
