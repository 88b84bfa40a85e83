// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.tests.calls.Story;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server keeps to between a caller and a callee. */
class InboundRulesIT {

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

    @ParameterizedTest
    @CsvSource({"70,69", "2,1", "1,0"})
    void eachHopIsCounted(int came, int left) {
        through.calls(m -> m.with("Max-Forwards", Integer.toString(came)));
        assertThat(through.callee.invite().header("Max-Forwards")).isEqualTo(Integer.toString(left));
        through.callee.answersInvite(486, "Busy Here").hears("ACK");
        through.callerIsRefused(486);
    }

    @Test
    void theLastHopIsHere() {
        through.invites(m -> m.with("Max-Forwards", "0"));
        through.callerIsRefused(483);
        story.inbound().ends("failed", 483, "system");
        assertThat(through.callee.trace()).isEmpty();
    }

    /** Others that forgot the header are served all the same. */
    @Test
    void whoCountsNoHopsIsServed() {
        through.calls(m -> m.without("Max-Forwards"));
        assertThat(Integer.parseInt(through.callee.invite().header("Max-Forwards")))
                .isBetween(60, 70);
        through.callee.answersInvite(486, "Busy Here").hears("ACK");
        through.callerIsRefused(486);
    }

    @Test
    void aCallThatComesBackToUsEndsAtOnce() {
        String self = "sip:{user}@127.0.0.1:" + through.port();
        story.api().put("/v1/routes/round", Map.of("to", "round@*", "target", self, "position", 0));
        int before = calls();
        try {
            RawMessage invite = through.caller.inviteTo(story.server().sipUri("round"));
            through.toServer(invite);
            RawMessage refusal = through.caller.expects("482 INVITE");
            through.toServer(through.caller.ackOf(invite, refusal));
            assertThat(calls() - before).isBetween(2, 3);
        } finally {
            story.api().delete("/v1/routes/round");
        }
    }

    private int calls() {
        return Integer.parseInt(story.api().get("/v1/calls?limit=1").text("total"));
    }

    static Stream<List<String>> shapes() {
        return Stream.of(
                List.of("m=audio 4000 RTP/AVP 0", "a=rtpmap:0 PCMU/8000"),
                List.of(
                        "m=audio 4000 RTP/SAVP 0 8 101",
                        "c=IN IP4 192.0.2.1",
                        "b=AS:64",
                        "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz|2^20|1:4",
                        "a=rtpmap:0 PCMU/8000",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:101 telephone-event/8000",
                        "a=fmtp:101 0-16",
                        "a=ptime:20",
                        "a=sendrecv"),
                List.of(
                        "a=group:BUNDLE 0 1",
                        "a=ice-options:trickle",
                        "a=fingerprint:sha-256 12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D",
                        "a=msid-semantic: WMS *",
                        "m=audio 9 UDP/TLS/RTP/SAVPF 111 0",
                        "c=IN IP6 2001:db8::1",
                        "a=mid:0",
                        "a=ice-ufrag:F7gI",
                        "a=ice-pwd:x9cml/YzichV2+XlhiMu8g",
                        "a=candidate:1 1 UDP 2130706431 192.0.2.1 4000 typ host",
                        "a=candidate:2 1 UDP 1694498815 198.51.100.1 5000 typ srflx raddr 192.0.2.1 rport 4000",
                        "a=setup:actpass",
                        "a=rtcp-mux",
                        "a=rtpmap:111 opus/48000/2",
                        "a=fmtp:111 minptime=10;useinbandfec=1",
                        "a=ssrc:1001 cname:x",
                        "m=video 9 UDP/TLS/RTP/SAVPF 96",
                        "b=TIAS:500000",
                        "a=mid:1",
                        "a=rtcp-fb:96 nack pli",
                        "a=rtpmap:96 VP8/90000",
                        "a=recvonly"),
                List.of(
                        "m=audio 0 RTP/AVP 0",
                        "m=video 4002 RTP/AVP 97",
                        "i=camera",
                        "a=rtpmap:97 H264/90000",
                        "a=fmtp:97 profile-level-id=42e01f;packetization-mode=1",
                        "m=application 4004 TCP/MSRP *",
                        "a=path:msrp://192.0.2.1:4004/x;tcp",
                        "m=image 4006 udptl t38",
                        "a=T38FaxVersion:0",
                        "a=inactive"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sessionDescriptionsAreHandedOnLineByLine(List<String> shape) {
        String offer = sdp("caller", shape);
        String answer = sdp("callee", shape).replace("a=recvonly", "a=sendonly");
        through.calls(m -> m.body("application/sdp", offer));
        assertHandedOn(offer, through.callee.invite().body());
        through.answers(ok -> ok.body("application/sdp", answer));
        assertHandedOn(answer, through.ok.body());
        assertThat(through.ack.body()).isEmpty();
        assertThat(origin(through.callee.invite().body())).isNotEqualTo(origin(through.ok.body()));
        through.callerHangsUp();
    }

    private static String sdp(String user, List<String> shape) {
        List<String> lines = new ArrayList<>(List.of(
                "v=0",
                "o=" + user + " 123456 7 IN IP4 192.0.2.1",
                "s=a talk",
                "i=about this",
                "u=http://example.com/",
                "e=me@example.com",
                "c=IN IP4 192.0.2.1",
                "b=CT:1000",
                "t=0 0"));
        lines.addAll(shape);
        return String.join("\r\n", lines) + "\r\n";
    }

    private static void assertHandedOn(String said, String heard) {
        assertThat(withoutOrigin(heard)).isEqualTo(withoutOrigin(said));
        assertThat(heard).endsWith("\r\n");
    }

    private static List<String> withoutOrigin(String sdp) {
        return sdp.lines().filter(line -> !line.startsWith("o=")).toList();
    }

    private static String origin(String sdp) {
        return sdp.lines().filter(line -> line.startsWith("o=")).findFirst().orElseThrow();
    }

    @Test
    void whoAsksForAnOfferGetsTheCallees() {
        through.calls(m -> m.without("Content-Type").body("", "").without("Content-Type"));
        assertThat(through.callee.invite().body()).isEmpty();
        RawMessage offer = through.callee.response(200, "OK").sdp(through.callee.sdp());
        through.callee.sends(offer);
        RawMessage ok = through.caller.expects("200 INVITE");
        assertThat(withoutOrigin(ok.body())).isEqualTo(withoutOrigin(offer.body()));
        through.callers = through.caller.dialogFrom(ok);
        RawMessage ack = through.callers.ack(ok).sdp(through.caller.sdp());
        through.toServer(ack);
        RawMessage heard = through.callee.expects("ACK");
        assertThat(withoutOrigin(heard.body())).isEqualTo(withoutOrigin(ack.body()));
        through.callerHangsUp();
    }

    @ParameterizedTest
    @CsvSource({"Require,100rel", "Require,'timer, nosuch'"})
    void whatWeDoNotKnowMayNotBeRequired(String header, String extensions) {
        through.invites(m -> m.with(header, extensions));
        RawMessage refusal = through.callerIsRefused(420);
        List<String> unknown = new ArrayList<>(Arrays.asList(extensions.split(", ")));
        unknown.remove("timer");
        assertThat(refusal.all("Unsupported")).isEqualTo(unknown);
        assertThat(through.callee.trace()).isEmpty();
    }

    @Test
    void sessionTimersMayBeRequired() {
        through.calls(m -> m.with("Require", "timer").with("Supported", "timer").with("Session-Expires", "1800"));
        assertThat(through.callee.invite().find("Require")).isEmpty();
        through.answers(ok -> ok);
        assertThat(through.ok.header("Session-Expires")).startsWith("1800");
        through.callerHangsUp();
    }

    @Test
    void weSayWhatWeCanDo() {
        RawMessage options = through.caller.requestTo("OPTIONS", story.server().sipUri("echo"));
        through.toServer(options.with("Accept", "application/sdp"));
        RawMessage ok = through.caller.expects("200 OPTIONS");
        assertThat(tokens(ok, "Allow"))
                .contains("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "UPDATE", "INFO", "REFER", "NOTIFY")
                .doesNotContain("PRACK", "SUBSCRIBE", "REGISTER");
        assertThat(tokens(ok, "Supported")).contains("timer", "replaces").doesNotContain("100rel");
        assertThat(ok.header("Accept")).contains("application/sdp");
        through.calls(m -> m);
        through.answers(answer -> answer);
        through.toServer(through.callers.request("OPTIONS"));
        assertThat(tokens(through.caller.expects("200 OPTIONS"), "Allow")).isEqualTo(tokens(ok, "Allow"));
        through.callerHangsUp();
    }

    private static Set<String> tokens(RawMessage message, String header) {
        return new HashSet<>(List.of(String.join(",", message.all(header)).split("\\s*,\\s*")));
    }

    @ParameterizedTest
    @CsvSource({"UPDATE,481", "BYE,481", "NOTIFY,481", "INFO,481", "REFER,405", "SUBSCRIBE,405", "REGISTER,405"})
    void whatBelongsToNoCallIsRefused(String method, int status) {
        through.toServer(through.caller
                .requestTo(method, story.server().sipUri("echo"))
                .with("Event", "refer")
                .with("Subscription-State", "active")
                .with("Refer-To", "<sip:x@127.0.0.1:9>"));
        RawMessage refusal = through.caller.expects(status + " " + method);
        if (status == 405)
            assertThat(tokens(refusal, "Allow")).contains("INVITE", "OPTIONS").doesNotContain("PRACK");
    }

    @Test
    void anUpdateWithAnOfferReachesTheOther() {
        through.calls(m -> m.with("Allow", "INVITE, ACK, BYE, CANCEL, UPDATE"));
        through.answers(ok -> ok.with("Allow", "INVITE, ACK, BYE, CANCEL, UPDATE"));
        RawMessage update =
                through.callers.request("UPDATE").sdp(through.caller.sdp(io.ifbus.sip.phones.Direction.SENDONLY));
        through.toServer(update);
        RawMessage offer = through.callee.expects("INVITE");
        assertThat(withoutOrigin(offer.body())).isEqualTo(withoutOrigin(update.body()));
        RawMessage agreed =
                through.callee.response(200, "OK").sdp(through.callee.sdp(io.ifbus.sip.phones.Direction.RECVONLY));
        through.callee.sends(agreed).hears("ACK");
        RawMessage ok = through.caller.expects("200 UPDATE");
        assertThat(withoutOrigin(ok.body())).isEqualTo(withoutOrigin(agreed.body()));
        assertThat(version(ok.body())).isEqualTo(version(through.ok.body()) + 1);
        assertThat(version(offer.body()))
                .isEqualTo(version(through.callee.trace().get(0).body()) + 1);
        through.callerHangsUp();
    }

    private static long version(String sdp) {
        return Long.parseLong(origin(sdp).split(" ")[2]);
    }
}
