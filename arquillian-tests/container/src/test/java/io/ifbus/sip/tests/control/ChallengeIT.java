// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static io.ifbus.sip.tests.server.SharedServer.TRUNK_PASSWORD;
import static io.ifbus.sip.tests.server.SharedServer.TRUNK_USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Digest;
import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Far sides that want credentials (RFC 3261 section 22, RFC 8760). */
class ChallengeIT {

    private static final Duration A_WHILE = Duration.ofMillis(400);

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private RawPeer trunk;

    @BeforeEach
    void connects() throws IOException {
        trunk = new RawPeer("trunk");
    }

    @AfterEach
    void disconnects() {
        trunk.close();
    }

    @ParameterizedTest
    @CsvSource({"401,MD5", "401,SHA-256", "407,MD5", "407,SHA-256"})
    void getTheConfiguredOnes(int status, String algorithm) {
        Phone bob = story.phone("bob", 660).challenges(status, algorithm, TRUNK_USER, TRUNK_PASSWORD);
        ApiCall call = story.talking(alice, bob);
        alice.hearsTone(660);
        bob.hearsTone(440);
        call.hangUp().ends("completed", 200, "api");
        assertThat(story.server().log()).doesNotContain(TRUNK_PASSWORD);
        assertThat(call.look().toString()).doesNotContain(TRUNK_PASSWORD);
        assertThat(commandLine()).contains("password-file").doesNotContain(TRUNK_PASSWORD);
    }

    private String commandLine() {
        return ProcessHandle.of(story.server().pid())
                .flatMap(process -> process.info().commandLine())
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"401", "407"})
    void refuseAWrongPasswordOnce(int status) {
        Phone bob = story.phone("bob", 660).challenges(status, "MD5", TRUNK_USER, "another");
        ApiCall call = story.connects(alice, bob, Map.of("mode", "leg"));
        call.ends("failed", status, "callee");
        assertThat(bob.received("INVITE")).isEqualTo(2);
    }

    /** RFC 8760 section 2.4: the topmost that is understood. */
    @Test
    void getTheFirstOfSeveralAlgorithms() {
        ApiCall call = rings();
        String stronger = Digest.challenge("phones", "1", "SHA-256");
        trunk.sends(trunk.response(401, "Unauthorized")
                        .adding("WWW-Authenticate", stronger)
                        .adding("WWW-Authenticate", Digest.challenge("phones", "1", "MD5")))
                .hears("ACK");
        RawMessage again = trunk.expectsNew("INVITE");
        assertThat(again.all("Authorization")).hasSize(1);
        assertThat(Digest.isRight(again.header("Authorization"), stronger, "INVITE", TRUNK_USER, TRUNK_PASSWORD))
                .isTrue();
        trunk.answersInvite(486, "Busy Here").hears("ACK");
        call.ends("busy", 486, "callee");
    }

    @Test
    void ofAnUnknownRealmGetNothing() {
        ApiCall call = rings();
        trunk.sends(challenge("elsewhere", "1", ""));
        trunk.hears("ACK").hearsNothing(A_WHILE);
        call.ends("failed", 407, "callee");
    }

    @Test
    void getTheSameInviteOnceMoreInTheSameDialog() {
        ApiCall call = story.api()
                .connect(
                        alice.uri(),
                        trunk.uri(),
                        Map.of("mode", "leg", "headers", Map.of("X-IF-Hazard", "safety", "X-Two", "1, 2")));
        RawMessage first = trunk.expects("INVITE");
        trunk.sends(challenge("phones", "1", ""));
        RawMessage second = trunk.hears("ACK").expectsNew("INVITE");
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(second.fromTag()).isEqualTo(first.fromTag());
        assertThat(second.toTag()).isEmpty();
        assertThat(second.cseq()).isEqualTo(first.cseq() + 1);
        assertThat(second.branch()).isNotEqualTo(first.branch());
        assertThat(second.requestUri()).isEqualTo(first.requestUri());
        assertThat(second.body()).isEqualTo(first.body());
        for (String name : new String[] {
            "From",
            "To",
            "Contact",
            "Max-Forwards",
            "X-IF-Hazard",
            "X-Two",
            "Allow",
            "Supported",
            "Session-Expires",
            "Min-SE",
            "Session-ID",
            "P-Asserted-Identity"
        }) assertThat(second.all(name)).as(name).isEqualTo(first.all(name));
        trunk.answersInvite(486, "Busy Here").hears("ACK");
        call.ends("busy", 486, "callee");
    }

    @Test
    void getEachHeaderOfTheCallerAgain() throws IOException {
        try (RawPeer caller = new RawPeer("caller")) {
            RawMessage invite = caller.inviteTo(story.server().sipUri(Integer.toString(trunk.port())))
                    .adding("History-Info", "<sip:a@127.0.0.1>;index=1")
                    .adding("History-Info", "<sip:b@127.0.0.1>;index=1.1");
            caller.sendsTo(story.server().ports().sip(), invite);
            RawMessage first = trunk.expects("INVITE");
            trunk.sends(challenge("phones", "1", ""));
            RawMessage second = trunk.hears("ACK").expectsNew("INVITE");
            assertThat(first.all("History-Info").toString()).contains("index=1.1");
            assertThat(second.all("History-Info")).isEqualTo(first.all("History-Info"));
            trunk.answersInvite(401, "Unauthorized").hears("ACK");
            // the credentials would be ours, not the caller's
            RawMessage refusal = caller.expects("403 INVITE");
            caller.sendsTo(story.server().ports().sip(), caller.ackOf(invite, refusal));
            story.inbound().ends("failed", 401, "callee");
        }
    }

    @Test
    void areAnsweredAgainWhenOnlyTheNonceIsOldButNotForEver() {
        ApiCall call = story.api().connect(alice.uri(), trunk.uri(), Map.of("mode", "leg"));
        int invites = Stubborn.tries(trunk, call, "INVITE", before -> {
            if (before > 0)
                assertThat(trunk.invite().header("Proxy-Authorization")).contains("nonce=\"" + before + "\"");
            trunk.sends(challenge("phones", Integer.toString(before + 1), ", stale=true"))
                    .hears("ACK");
        });
        assertThat(invites).isBetween(3, 6);
        call.ends("failed", 407, "callee");
    }

    @Test
    void areNotAnsweredForACallThatNobodyWantsAnyMore() {
        ApiCall call = rings();
        call.hangUp().becomes("hanging_up");
        trunk.sends(challenge("phones", "1", ""));
        trunk.hears("ACK").hearsNothing(A_WHILE);
        call.ends("cancelled", 200, "api");
    }

    @Test
    void canBeCancelledOnTheSecondTry() {
        ApiCall call = rings();
        trunk.sends(challenge("phones", "1", ""));
        RawMessage second = trunk.hears("ACK").expectsNew("INVITE");
        call.hangUp().becomes("hanging_up");
        trunk.answersInvite(180, "Ringing");
        RawMessage cancel = trunk.expects("CANCEL");
        assertThat(cancel.cseq()).isEqualTo(second.cseq());
        assertThat(cancel.branch()).isEqualTo(second.branch());
        trunk.answers(200, "OK").answersInvite(487, "Request Terminated").hears("ACK");
        call.ends("cancelled", 200, "api");
    }

    @Test
    void mayWantThemForEachRequest() throws IOException {
        ApiCall call = talks();
        call.hold();
        RawMessage hold = trunk.expects("INVITE");
        trunk.sends(challenge("phones", "1", ""));
        RawMessage again = trunk.hears("ACK").expectsNew("INVITE");
        assertThat(again.cseq()).isEqualTo(hold.cseq() + 1);
        assertThat(again.body()).isEqualTo(hold.body());
        assertAnswers(again, "1");
        trunk.sends(trunk.response(200, "OK").sdp(trunk.sdp())).hears("ACK");
        call.becomes("on_hold");
        call.dtmf("1");
        challengeAndTakes("INFO", "2");
        call.hangUp();
        challengeAndTakes("BYE", "3");
        call.ends("completed", 200, "api");
    }

    @Test
    void thatNeverHaveEnoughOfByesAreLeft() throws IOException {
        ApiCall call = talks();
        call.hangUp();
        int byes = Stubborn.tries(
                trunk,
                call,
                "BYE",
                before -> trunk.sends(challenge(trunk.request(), "phones", "n" + before, ", stale=true")));
        assertThat(byes).isBetween(2, 6);
        call.ends("completed", 200, "api");
    }

    private void challengeAndTakes(String method, String nonce) {
        RawMessage first = trunk.expects(method);
        trunk.sends(challenge(first, "phones", nonce, ", stale=true"));
        RawMessage again = trunk.expectsNew(method);
        assertThat(again.cseq()).isEqualTo(first.cseq() + 1);
        assertThat(again.body()).isEqualTo(first.body());
        assertAnswers(again, nonce);
        trunk.answers(200, "OK");
    }

    private void assertAnswers(RawMessage request, String nonce) {
        String challenge = Digest.challenge("phones", nonce, "MD5");
        assertThat(Digest.isRight(
                        request.header("Proxy-Authorization"), challenge, request.method(), TRUNK_USER, TRUNK_PASSWORD))
                .isTrue();
    }

    private ApiCall rings() {
        ApiCall call = story.api().connect(alice.uri(), trunk.uri(), Map.of("mode", "leg"));
        trunk.hears("INVITE");
        return call;
    }

    private ApiCall talks() {
        alice.calls(story.server().sipUri(Integer.toString(trunk.port())));
        trunk.hears("INVITE");
        trunk.sends(trunk.response(200, "OK").sdp(trunk.sdp())).hears("ACK");
        alice.talks();
        return story.inbound().becomes("connected");
    }

    private RawMessage challenge(String realm, String nonce, String more) {
        return challenge(trunk.invite(), realm, nonce, more);
    }

    private RawMessage challenge(RawMessage request, String realm, String nonce, String more) {
        return trunk.response(request, 407, "Proxy Authentication Required")
                .with("Proxy-Authenticate", Digest.challenge(realm, nonce, "MD5") + more);
    }
}
