// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the INVITEs say that the API orders. */
class OriginateIT {

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private RawPeer far;

    @BeforeEach
    void opens() throws IOException {
        far = new RawPeer("far");
    }

    @AfterEach
    void closes() {
        far.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Alice Smith | \"Alice Smith\"",
                "Zoë 📞 | \"Zoë 📞\"",
                "a \"b\" \\ c | \"a \\\"b\\\" \\\\ c\"",
                "x\" <sip:mallory@127.0.0.1>;tag=1, \" | \"x\\\" <sip:mallory@127.0.0.1>;tag=1, \\\"\"",
                "% & ; , > | \"% & ; , >\"",
            })
    void showTheNameOfTheCaller(String name, String shown) {
        ApiCall call = leg(far.uri(), Map.of("caller_id_name", name));
        RawMessage invite = far.expects("INVITE");
        String from = invite.header("From");
        assertThat(from).startsWith(shown + " <" + alice.uri() + ">;tag=");
        assertThat(invite.header("P-Asserted-Identity")).isEqualTo(shown + " <" + alice.uri() + ">");
        rejected(call);
    }

    @Test
    void showNobodyWhoWantsPrivacyButTellATrustedHost() {
        ApiCall call = leg(far.uri(), Map.of("privacy", true, "caller_id_name", "Alice"));
        RawMessage invite = far.expects("INVITE");
        assertThat(invite.header("From")).startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=");
        assertThat(invite.all("Privacy")).containsExactly("id");
        assertThat(invite.header("P-Asserted-Identity")).contains("\"Alice\" <" + alice.uri() + ">");
        rejected(call);
    }

    @Test
    void tellAnUntrustedHostNothingOfWhoWantsPrivacy() {
        ApiCall call = leg(untrusted(), Map.of("privacy", true, "caller_id_name", "Alice"));
        RawMessage invite = far.expects("INVITE");
        assertThat(invite.header("From")).startsWith("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=");
        assertThat(invite.all("Privacy")).containsExactly("id");
        assertThat(invite.find("P-Asserted-Identity")).isEmpty();
        assertThat(invite.toString()).doesNotContainIgnoringCase("alice").doesNotContain(":" + alice.port());
        rejected(call);
    }

    @Test
    void assertNothingToAnUntrustedHost() {
        ApiCall call = leg(untrusted(), Map.of());
        RawMessage invite = far.expects("INVITE");
        assertThat(invite.find("P-Asserted-Identity")).isEmpty();
        assertThat(invite.find("Privacy")).isEmpty();
        assertThat(invite.header("From")).contains(alice.uri());
        rejected(call);
    }

    /** A TCP URI would need a listener; by its name the host is another one. */
    private String untrusted() {
        return "sip:far@localhost:" + far.port() + ";transport=udp";
    }

    @Test
    void carryTheHeadersOfTheApiBoth() {
        String trace = UUID.randomUUID().toString();
        Map<String, Object> body = new HashMap<>(Map.of("from", alice.uri(), "to", far.uri()));
        String signature = "0123456789abcdef".repeat(8);
        body.put(
                "headers",
                Map.of("X-IF-Hazard", "ethics", "X-IF-Signature", signature, "User-to-User", "00;encoding=hex"));
        ApiAnswer begun = story.api().post("/v1/calls", body, Map.of("X-IF-Trace-ID", trace));
        assertThat(begun.text("trace_id")).isEqualTo(trace);
        alice.rings();
        RawMessage first = RawMessage.parse(alice.lastReceived("INVITE").text());
        alice.answers();
        RawMessage second = far.expects("INVITE");
        for (RawMessage invite : new RawMessage[] {first, second}) {
            assertThat(invite.all("X-IF-Trace-ID")).containsExactly(trace);
            assertThat(invite.all("X-IF-Hazard")).containsExactly("ethics");
            assertThat(invite.all("X-IF-Signature")).containsExactly(signature);
            assertThat(invite.all("User-to-User")).containsExactly("00;encoding=hex");
        }
        rejected(story.api().call(begun.text("call_id")));
    }

    @Test
    void showEachPartyTheOther() {
        ApiCall call = story.api().connect(alice.uri(), far.uri());
        alice.rings();
        assertThat(alice.lastReceived("INVITE").header("From").orElseThrow()).contains("<" + far.uri() + ">");
        alice.answers();
        assertThat(far.expects("INVITE").header("From")).contains("<" + alice.uri() + ">");
        rejected(call);
    }

    /** RFC 4028 section 7.3. */
    @Test
    void offerALongerSessionWhereThatIsWanted() {
        ApiCall call = leg(far.uri(), Map.of());
        RawMessage first = far.expects("INVITE");
        assertThat(first.header("Session-Expires")).isEqualTo("1800");
        assertThat(first.header("Supported")).contains("timer");
        far.sends(far.response(422, "Session Interval Too Small").with("Min-SE", "3600"))
                .hears("ACK");
        RawMessage second = far.expectsNew("INVITE");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.fromTag()).isEqualTo(first.fromTag());
        assertThat(second.toTag()).isEmpty();
        assertThat(second.cseq()).isEqualTo(first.cseq() + 1);
        assertThat(second.header("Session-Expires")).isEqualTo("3600");
        assertThat(second.header("Min-SE")).isEqualTo("3600");
        assertThat(second.body()).isEqualTo(first.body());
        rejected(call);
    }

    @Test
    void areGivenUpWhereNoSessionIsLongEnough() {
        ApiCall call = leg(far.uri(), Map.of());
        int invites = Stubborn.tries(far, call, "INVITE", before -> {
            String longer = Integer.toString(3600 * (before + 1));
            far.sends(far.response(422, "Session Interval Too Small").with("Min-SE", longer))
                    .hears("ACK");
        });
        assertThat(invites).isBetween(2, 6);
        call.ends("failed", 422, "callee");
    }

    @Test
    void thatTwoForksAnswerEndTheSecond() {
        alice.calls(story.server().sipUri(Integer.toString(far.port())));
        far.hears("INVITE");
        for (String fork : new String[] {"one", "two"})
            far.sends(far.response(180, "Ringing").toTag(fork));
        RawMessage one = far.response(200, "OK").toTag("one").sdp(far.sdp());
        RawMessage two = far.response(200, "OK").toTag("two").sdp(far.sdp());
        far.sends(one);
        assertThat(far.expects("ACK").toTag()).hasValue("one");
        far.sends(two);
        assertThat(far.expects("ACK").toTag()).hasValue("two");
        assertThat(far.expects("BYE").toTag()).hasValue("two");
        far.answers(200, "OK");
        alice.talks();
        ApiCall call = story.inbound().becomes("connected");
        alice.hangsUp();
        assertThat(far.expects("BYE").toTag()).hasValue("one");
        far.answers(200, "OK");
        call.ends("completed", 200, "caller");
    }

    @Test
    void areTriedAsLongAsTheApiSays() {
        ApiCall call = leg(far.uri(), Map.of("timeout", 1));
        far.hears("INVITE").answers(180, "Ringing");
        far.expects("CANCEL");
        far.answers(200, "OK").answersInvite(487, "Request Terminated").hears("ACK");
        call.ends("no_answer", 408, "system");
    }

    private ApiCall leg(String to, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("mode", "leg");
        return story.api().connect(alice.uri(), to, all);
    }

    private void rejected(ApiCall call) {
        far.answersInvite(486, "Busy Here").hears("ACK");
        call.ends("busy", 486, "callee");
    }
}
