// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.tests.calls.Story;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes through us from phone to phone: the name of the session, reasons, histories. */
class PassedOnIT {

    private static final String NIL = "0".repeat(32);
    private static final String CALLERS = "a".repeat(32);
    private static final String CALLEES = "b".repeat(32);

    @RegisterExtension
    final Story story = new Story();

    private Through through;

    @BeforeEach
    void opens() {
        through = new Through(story);
    }

    @AfterEach
    void closes() {
        through.close();
    }

    /** RFC 7989: each phone is shown the other's half, and its own as the remote one. */
    @Test
    void oneSessionHasOneNameInEveryMessage() {
        through.calls(m -> m.with("Session-ID", CALLERS + ";remote=" + NIL));
        assertNamed(through.callee.invite(), CALLERS, NIL);
        through.callee.sends(named(through.callee.response(180, "Ringing"), CALLEES, CALLERS));
        assertNamed(through.caller.expects("180 INVITE"), CALLEES, CALLERS);
        through.answers(ok -> named(ok, CALLEES, CALLERS));
        assertNamed(through.ok, CALLEES, CALLERS);
        assertNamed(through.ack, CALLERS, CALLEES);

        RawMessage hold = named(through.callers.request("INVITE"), CALLERS, CALLEES);
        through.toServer(hold.sdp(through.caller.sdp(io.ifbus.sip.phones.Direction.SENDONLY)));
        assertNamed(through.callee.expects("INVITE"), CALLERS, CALLEES);
        RawMessage agreed = named(through.callee.response(200, "OK"), CALLEES, CALLERS);
        through.callee.sends(agreed.sdp(through.callee.sdp(io.ifbus.sip.phones.Direction.RECVONLY)));
        RawMessage heard = through.caller.expects("200 INVITE");
        assertNamed(heard, CALLEES, CALLERS);
        through.toServer(named(through.callers.ack(heard), CALLERS, CALLEES));
        assertNamed(through.callee.expects("ACK"), CALLERS, CALLEES);

        through.callee.sendsTo(
                through.port(),
                named(through.callees.request("INFO"), CALLEES, CALLERS).body("text/plain", "hi"));
        assertNamed(through.caller.expects("INFO"), CALLEES, CALLERS);
        through.caller.sends(named(through.caller.response(through.caller.request(), 200, "OK"), CALLERS, CALLEES));
        assertNamed(through.callee.expects("200 INFO"), CALLERS, CALLEES);

        through.toServer(named(through.callers.request("BYE"), CALLERS, CALLEES));
        assertNamed(through.caller.expects("200 BYE"), CALLEES, CALLERS);
        assertNamed(through.callee.expects("BYE"), CALLERS, CALLEES);
        through.callee.answers(200, "OK");
        story.inbound().ends("completed", 200, "caller");
    }

    @Test
    void oneThatIsNotNamedGetsAName() {
        through.calls(m -> m);
        String name = through.callee.invite().header("Session-ID");
        assertThat(name).matches("[0-9a-f]{32};remote=" + NIL);
        through.answers(ok -> ok);
        assertThat(through.ok.header("Session-ID")).matches("[0-9a-f]{32};remote=.*");
        assertThat(through.ack.header("Session-ID")).isEqualTo(name);
        through.callerHangsUp();
    }

    @Test
    void aReasonToHangUpReachesTheOther() {
        through.calls(m -> m);
        through.answers(ok -> ok);
        through.toServer(through.callers.request("BYE").with("Reason", "Q.850;cause=16;text=\"Terminated\""));
        RawMessage bye = through.callee.expects("BYE");
        assertThat(bye.all("Reason")).containsExactly("Q.850;cause=16;text=\"Terminated\"");
        through.callee.answers(200, "OK");
        through.caller.expects("200 BYE");
    }

    @Test
    void severalReasonsToHangUpReachTheOther() {
        through.calls(m -> m);
        through.answers(ok -> ok);
        through.callee.sendsTo(
                through.port(),
                through.callees
                        .request("BYE")
                        .adding("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"")
                        .adding("Reason", "Q.850;cause=26"));
        RawMessage bye = through.caller.expects("BYE");
        assertThat(String.join(", ", bye.all("Reason"))).contains("SIP;cause=200", "Q.850;cause=26");
        through.caller.answers(200, "OK");
        through.callee.expects("200 BYE");
    }

    @Test
    void aReasonToGiveUpReachesTheOther() {
        through.calls(m -> m);
        through.callee.answers(180, "Ringing");
        through.caller.expects("180 INVITE");
        through.toServer(through.caller
                .cancelOf(through.invite)
                .with("Reason", "SIP;cause=200;text=\"Call completed elsewhere\""));
        RawMessage cancel = through.callee.expects("CANCEL");
        assertThat(cancel.all("Reason")).containsExactly("SIP;cause=200;text=\"Call completed elsewhere\"");
        through.callee
                .answers(200, "OK")
                .answersInvite(487, "Request Terminated")
                .hears("ACK");
        RawMessage refusal = through.caller.expects("487 INVITE");
        through.toServer(through.caller.ackOf(through.invite, refusal));
        story.inbound().ends("cancelled", 487, "caller");
    }

    @ParameterizedTest
    @CsvSource({"486,Busy Here,busy", "404,Not Found,failed", "480,Gone Fishing,no_answer", "603,Decline,failed"})
    void aReasonToRefuseReachesTheOther(int status, String phrase, String result) {
        through.calls(m -> m);
        through.callee.sends(through.callee.response(status, phrase).with("Reason", "Q.850;cause=17"));
        through.callee.hears("ACK");
        RawMessage refusal = through.caller.expects(status + " INVITE");
        assertThat(refusal.startLine()).endsWith(" " + phrase);
        assertThat(refusal.all("Reason")).containsExactly("Q.850;cause=17");
        through.toServer(through.caller.ackOf(through.invite, refusal));
        story.inbound().ends(result, status, "callee");
    }

    /** RFC 7044. */
    @Test
    void aHistoryIsHandedOnBothWays() {
        List<String> past =
                List.of("<sip:a@127.0.0.1>;index=1", "<sip:b@127.0.0.1?Reason=SIP%3Bcause%3D302>;index=1.1");
        through.calls(m -> m.adding("Supported", "histinfo")
                .adding("History-Info", past.get(0))
                .adding("History-Info", past.get(1)));
        assertThat(entries(through.callee.invite())).isEqualTo(past);
        String rest = "<sip:c@127.0.0.1>;index=1.1.1";
        through.answers(ok -> ok.adding("History-Info", past.get(0) + ", " + past.get(1) + ", " + rest));
        assertThat(entries(through.ok)).containsExactly(past.get(0), past.get(1), rest);
        through.callerHangsUp();
    }

    private static List<String> entries(RawMessage message) {
        return List.of(String.join(", ", message.all("History-Info")).split(", (?=<)"));
    }

    @Test
    void headersOfOursReachTheOther() {
        through.calls(m -> m.with("X-IF-Trace-ID", "11111111-2222-3333-4444-555555555555")
                .with("X-IF-Hazard", "privacy")
                .with("X-Else", "not ours"));
        RawMessage invite = through.callee.invite();
        assertThat(invite.all("X-IF-Trace-ID")).containsExactly("11111111-2222-3333-4444-555555555555");
        assertThat(invite.all("X-IF-Hazard")).containsExactly("privacy");
        assertThat(invite.find("X-Else")).isEmpty();
        assertThat(story.inbound().look().text("trace_id")).isEqualTo("11111111-2222-3333-4444-555555555555");
        through.answers(ok -> ok);
        through.callerHangsUp();
    }

    /** RFC 3325 section 5; the caller's host is trusted. */
    @Test
    void whoCallsIsToldToATrustedHostAlone() {
        story.api()
                .put(
                        "/v1/routes/out",
                        Map.of("to", "out@*", "target", "sip:callee@localhost:" + through.callee.port()));
        try {
            for (boolean trusted : new boolean[] {true, false}) {
                String number = trusted ? through.number() : story.server().sipUri("out");
                through.callsAt(number, m -> m.with("P-Asserted-Identity", "\"Al\" <sip:al@example.com>")
                        .adding("P-Asserted-Identity", "<tel:+15551234>")
                        .with("Privacy", "id"));
                RawMessage invite = through.callee.invite();
                assertThat(invite.header("From")).contains("<sip:anonymous@anonymous.invalid>");
                assertThat(invite.all("Privacy")).containsExactly("id");
                String told =
                        String.join(",", invite.all("P-Asserted-Identity")).replaceAll(",\\s*", ", ");
                assertThat(told).isEqualTo(trusted ? "\"Al\" <sip:al@example.com>, <tel:+15551234>" : "");
                assertThat(invite.toString()).doesNotContain("caller");
                through.callee.answersInvite(486, "Busy Here").hears("ACK");
                through.callerIsRefused(486);
            }
        } finally {
            story.api().delete("/v1/routes/out");
        }
    }

    private static RawMessage named(RawMessage message, String local, String remote) {
        return message.with("Session-ID", local + ";remote=" + remote);
    }

    private static void assertNamed(RawMessage message, String local, String remote) {
        assertThat(message.all("Session-ID")).as("%s", message).containsExactly(local + ";remote=" + remote);
    }
}
