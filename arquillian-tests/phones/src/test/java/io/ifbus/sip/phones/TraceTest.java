// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.ifbus.sip.phones.Traced.Way;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceTest {

    private static final String STACK = "a stack of the trace test";
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Traced> heard = new ArrayList<>();
    private final Trace trace = new Trace(new Watch(), kind -> kind.equals("BYE"), heard::add);

    @BeforeEach
    void register() {
        trace.register(STACK);
    }

    @AfterEach
    void unregister() {
        Trace.unregister(STACK);
    }

    @Test
    void aMessageStandsBeforeItsAnswerThoughItWasReportedLater() throws ParseException {
        Trace.received(STACK, message("SIP/2.0 202 Accepted", 2, "REFER"), "127.0.0.1:5070", START.plusMillis(1));
        Trace.received(
                STACK, message("NOTIFY sip:alice@h SIP/2.0", 9, "NOTIFY"), "127.0.0.1:5070", START.plusMillis(2));
        Trace.sent(STACK, message("REFER sip:bob@h SIP/2.0", 2, "REFER"), "127.0.0.1:5070", START);
        assertThat(trace.lines()).extracting(Traced::kind).containsExactly("REFER", "202 REFER", "NOTIFY");
    }

    @Test
    void aCopyOfAnAnsweredMessageStandsWhereItBelongs() throws ParseException {
        Trace.sent(STACK, message("SIP/2.0 200 OK", 1, "INVITE"), "127.0.0.1:5070", START);
        Trace.received(STACK, message("ACK sip:bob@h SIP/2.0", 1, "ACK"), "127.0.0.1:5070", START.plusMillis(5));
        Trace.sent(STACK, message("SIP/2.0 200 OK", 1, "INVITE"), "127.0.0.1:5070", START.plusMillis(500));
        assertThat(trace.lines()).extracting(Traced::kind).containsExactly("200 INVITE", "ACK", "200 INVITE");
        assertThat(trace.copies(Way.SENT, "200 INVITE")).isOne();
    }

    @Test
    void whatThePhoneIsDeafToIsNotedButNotHeard() throws ParseException {
        assertThat(Trace.received(STACK, message("BYE sip:a@h SIP/2.0", 1, "BYE"), "127.0.0.1:5070", START))
                .isFalse();
        assertThat(Trace.received(STACK, message("INFO sip:a@h SIP/2.0", 2, "INFO"), "127.0.0.1:5070", START))
                .isTrue();
        assertThat(trace.lines()).hasSize(2);
        assertThat(heard).extracting(Traced::kind).containsExactly("INFO");
    }

    @Test
    void knowsWhereTheFarEndListens() throws ParseException {
        Trace.sent(STACK, message("INFO sip:a@h SIP/2.0", 1, "INFO"), "127.0.0.1:5070", START);
        Trace.received(STACK, message("SIP/2.0 200 OK", 1, "INFO"), "127.0.0.1:40000", START.plusMillis(1));
        Trace.received(STACK, message("OPTIONS sip:a@h SIP/2.0", 7, "OPTIONS"), "127.0.0.1:40000", START.plusMillis(2));
        assertThat(trace.lines())
                .extracting(Traced::remote)
                .containsExactly("127.0.0.1:5070", "127.0.0.1:5070", "127.0.0.1:5061");
    }

    private static SIPMessage message(String start, int cseq, String method) throws ParseException {
        String text = """
                %s\r
                Via: SIP/2.0/TCP 127.0.0.1:5061;branch=z9hG4bK%d\r
                From: <sip:alice@127.0.0.1>;tag=a\r
                To: <sip:bob@127.0.0.1>;tag=b\r
                Call-ID: trace\r
                CSeq: %d %s\r
                Content-Length: 0\r
                \r
                """.formatted(start, cseq, cseq, method);
        return new StringMsgParser().parseSIPMessage(text.getBytes(UTF_8), true, false, null);
    }
}
