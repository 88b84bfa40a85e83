// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import io.ifbus.sip.phones.Traced;
import io.ifbus.sip.phones.Traced.Way;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Messages that a phone got again although it had answered in time. */
final class Copies {

    /** Half of T1 (RFC 3261). A copy that comes sooner had left before the answer was there: somebody was slow, no more. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(250);

    private Copies() {}

    /** The copies of INVITEs and of their 200s in what a phone saw. */
    static List<Traced> inVain(List<Traced> trace) {
        Set<String> seen = new HashSet<>();
        return trace.stream()
                .filter(line -> line.way() == Way.RECEIVED
                        && (line.kind().equals("INVITE") || line.kind().equals("200 INVITE")))
                .filter(line -> !seen.add(line.kind() + line.transaction()))
                .filter(copy -> trace.stream()
                        .anyMatch(line -> answers(line, copy)
                                && line.at().plus(ON_ITS_WAY).isBefore(copy.at())))
                .toList();
    }

    private static boolean answers(Traced line, Traced copy) {
        boolean answer = copy.kind().equals("INVITE")
                ? line.kind().endsWith(" INVITE")
                : line.kind().equals("ACK");
        return answer && line.way() == Way.SENT && line.callId().equals(copy.callId()) && line.cseq() == copy.cseq();
    }
}
