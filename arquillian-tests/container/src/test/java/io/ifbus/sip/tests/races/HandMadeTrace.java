// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.Traced;
import io.ifbus.sip.phones.Traced.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A phone's trace, made by hand. */
final class HandMadeTrace {

    private static final String PHONE = "phone";
    static final String US = "us";

    private final List<Traced> trace = new ArrayList<>();

    // ---- what the phone hears from us, and says ----

    HandMadeTrace hears(String start, String branch, int cseq, boolean inDialog) {
        return note(Way.RECEIVED, start, branch, cseq, US, inDialog ? PHONE : "");
    }

    HandMadeTrace says(String start, String branch, int cseq, boolean inDialog) {
        return note(Way.SENT, start, branch, cseq, PHONE, inDialog ? US : "");
    }

    HandMadeTrace answers(int status, String method, String branch, int cseq) {
        return note(Way.SENT, status + " " + method, branch, cseq, US, PHONE);
    }

    HandMadeTrace isAnswered(int status, String method, String branch, int cseq) {
        return note(Way.RECEIVED, status + " " + method, branch, cseq, PHONE, US);
    }

    HandMadeTrace note(Way way, String kind, String branch, int cseq, String from, String to) {
        String[] parts = kind.split(" ");
        boolean response = parts.length > 1;
        String method = parts[parts.length - 1];
        RawMessage message = new RawMessage(
                response ? "SIP/2.0 " + parts[0] + " X" : method + " sip:x@127.0.0.1 SIP/2.0",
                List.of(
                        "Via: SIP/2.0/UDP 127.0.0.1;branch=" + branch,
                        "From: <sip:f@h>;tag=" + from,
                        "To: <sip:t@h>" + (to.isEmpty() ? "" : ";tag=" + to),
                        "Call-ID: c",
                        "CSeq: " + cseq + " " + method),
                "");
        trace.add(new Traced(
                Instant.EPOCH.plusMillis(trace.size()),
                way,
                "127.0.0.1:1",
                kind,
                "c",
                cseq,
                branch,
                message.toString()));
        return this;
    }

    HandMadeTrace weCallAndTalk() {
        return hears("INVITE", "i", 1, false)
                .answers(180, "INVITE", "i", 1)
                .answers(200, "INVITE", "i", 1)
                .hears("ACK", "a", 1, true);
    }

    HandMadeTrace itCallsAndTalks() {
        return says("INVITE", "i", 1, false)
                .isAnswered(180, "INVITE", "i", 1)
                .isAnswered(200, "INVITE", "i", 1)
                .says("ACK", "a", 1, true);
    }

    HandMadeTrace weHangUp() {
        return hears("BYE", "b", 2, true).answers(200, "BYE", "b", 2);
    }

    HandMadeTrace itHangsUp() {
        return says("BYE", "pb", 2, true).isAnswered(200, "BYE", "pb", 2);
    }

    void isLawful() {
        assertThat(WireLaws.of("phone", trace).offences()).isEmpty();
    }

    void breaks(Law law) {
        assertThat(WireLaws.of("phone", trace).offences())
                .as("%s", trace)
                .singleElement()
                .asString()
                .contains(law.name());
        assertThat(WireLaws.of("phone", trace).without(Set.of(law)).offences()).isEmpty();
        assertThat(WireLaws.of("phone", trace)
                        .without(EnumSet.complementOf(EnumSet.of(law)))
                        .offences())
                .hasSize(1);
    }
}
