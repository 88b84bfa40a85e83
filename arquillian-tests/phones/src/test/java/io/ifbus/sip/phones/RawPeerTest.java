// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that crosses what it likes, and a phone that is to stand it. */
class RawPeerTest {

    private final Phone alice = Phone.named("alice").withoutAudio().transfers().switchedOn();
    private final RawPeer peer = new RawPeer().waitsAtMost(Duration.ofSeconds(4));

    RawPeerTest() throws IOException {}

    @AfterEach
    void close() {
        peer.close();
        alice.close();
        assertThat(alice.failures()).isEmpty();
    }

    @Test
    void severalTargetsRingAndTwoAnswer() {
        alice.calls(peer.uri());
        peer.hears("INVITE");
        for (String fork : new String[] {"a", "b", "c"})
            peer.sends(peer.response(180, "Ringing").toTag(fork));
        alice.hears(180).hears(180).hears(180);
        RawMessage first = peer.response(200, "OK").toTag("b").sdp(peer.sdp());
        RawMessage second = peer.response(200, "OK").toTag("c").sdp(peer.sdp());
        peer.sends(first).sends(second);
        assertThat(peer.expects("ACK").toTag()).hasValue("b");
        assertThat(peer.expects("ACK").toTag()).hasValue("c");
        RawMessage bye = peer.expects("BYE");
        assertThat(bye.toTag()).hasValue("c");
        peer.sends(peer.dialog(second).request("BYE")).expects("200 BYE"); // of the one that lost, as ours is under way
        peer.sends(peer.response(bye, 200, "OK"));
        alice.hears("BYE").hears(200, "BYE").talks();
    }

    @Test
    void itAnswersBeforeItHearsTheCancel() {
        alice.calls(peer.uri());
        peer.hears("INVITE").answers(180, "Ringing");
        alice.hears(180);
        peer.sends(peer.response(200, "OK").sdp(peer.sdp()));
        peer.expects("ACK");
        alice.talks().hangsUp();
        peer.hears("BYE").answers(200, "OK");
        alice.isIdle();
    }

    @Test
    void itAnswersTheInviteBetweenCancelAndItsAnswer() {
        alice.calls(peer.uri());
        peer.hears("INVITE").answers(180, "Ringing");
        alice.hears(180).cancels();
        RawMessage cancel = peer.expects("CANCEL");
        peer.sends(peer.response(200, "OK").sdp(peer.sdp())).sends(peer.response(cancel, 200, "OK"));
        peer.expects("ACK");
        peer.hears("BYE").answers(200, "OK");
        alice.hears(200, "CANCEL").isIdle();
    }

    @Test
    void byesCross() {
        RawDialog dialog = talking();
        alice.hangsUp();
        RawMessage theirs = peer.expects("BYE");
        RawMessage ours = dialog.request("BYE");
        peer.sends(ours);
        peer.expects("200 BYE");
        peer.sends(peer.response(theirs, 200, "OK"));
        alice.hears(200, "BYE").isIdle().waits("report its answer", () -> alice.sent("200 BYE") == 1);
        assertThat(alice.trace())
                .extracting(line -> line.way() + " " + line.kind())
                .endsWith("SENT BYE", "RECEIVED BYE", "SENT 200 BYE", "RECEIVED 200 BYE");
    }

    @Test
    void aRequestComesTwiceToTheByte() {
        RawDialog dialog = talking();
        RawMessage info = dialog.request("INFO").body("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");
        peer.sends(info).expects("200 INFO");
        peer.sends(dialog.request("OPTIONS")).expects("200 OPTIONS"); // a stack forgets what comes while it answers
        peer.sends(info).expects("200 INFO");
        RawMessage sameCSeq = info.with("Via", peer.newVia());
        peer.sends(sameCSeq);
        peer.sends(dialog.request("OPTIONS")).expects("200 OPTIONS");
        assertThat(alice.call().digits()).isEqualTo("5");
        assertThat(peer.trace()).filteredOn(line -> line.kind().equals("INFO")).hasSize(3);
    }

    @Test
    void aReferComesTwiceAndIsFollowedOnce() {
        RawDialog dialog = talking();
        alice.followsRefers();
        RawMessage refer = dialog.request("REFER").with("Refer-To", "<sip:carol@127.0.0.1:9>");
        peer.sends(refer).sends(refer);
        peer.expects("202 REFER");
        RawMessage notify = peer.expects("NOTIFY");
        assertThat(notify.body()).startsWith("SIP/2.0 100");
        peer.sends(peer.response(notify, 200, "OK"));
        alice.waits("see it twice", () -> alice.received("REFER") == 2);
        alice.waits("place one call", () -> alice.allCalls().size() == 2).hears("REFER");
        peer.sends(dialog.request("OPTIONS")).expects("200 OPTIONS");
        assertThat(alice.allCalls()).hasSize(2);
    }

    @Test
    void itCallsAndNeverAcknowledges() {
        RawMessage invite = peer.inviteTo(alice.uri());
        peer.sendsTo(alice.port(), invite);
        alice.answers();
        RawMessage ok = peer.expects("200 INVITE");
        assertThat(peer.expects("200 INVITE")).isEqualTo(ok);
        peer.sends(peer.dialogFrom(ok).ack(ok));
        alice.talks();
        peer.hearsNothing(Duration.ofMillis(1200));
    }

    @Test
    void itCallsAndCancels() {
        RawMessage invite = peer.inviteTo(alice.uri());
        peer.sendsTo(alice.port(), invite);
        alice.rings();
        peer.expects("180 INVITE");
        peer.sends(peer.cancelOf(invite)).expects("200 CANCEL");
        RawMessage refusal = peer.expects("487 INVITE");
        peer.sends(peer.ackOf(invite, refusal));
        alice.hears("ACK").isIdle();
    }

    @Test
    void itReplacesACallOfThePhone() {
        RawDialog dialog = talking();
        RawMessage invite = peer.inviteTo(alice.uri())
                .adding("Replaces", dialog.replaceable().toString());
        peer.sends(invite);
        RawMessage ok = peer.expects("200 INVITE");
        peer.sends(peer.dialogFrom(ok).ack(ok));
        RawMessage bye = peer.expects("BYE");
        assertThat(bye.callId()).isEqualTo(dialog.request("BYE").callId());
        peer.sends(peer.response(bye, 200, "OK"));
        alice.talks();
    }

    @Test
    void itStaysSilentAndThenTellsWhatItSaw() {
        alice.calls(peer.uri());
        peer.hears("INVITE").hearsOnly("INVITE", Duration.ofMillis(600));
        peer.waitsAtMost(Duration.ofMillis(100));
        assertThatThrownBy(() -> peer.expects("BYE"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no BYE came")
                .hasMessageContaining("<- INVITE");
        assertThatThrownBy(() -> peer.waitsAtMost(Duration.ofSeconds(1)).expectsNew("INVITE"))
                .isInstanceOf(AssertionError.class);
        peer.answersInvite(480, "Not there");
        alice.hears(480).isIdle();
    }

    @Test
    void anythingGoesOnTheWire() {
        peer.sends("this is no SIP\r\n\r\n", alice.port());
        peer.sends("", alice.port());
        assertThat(peer.trace()).extracting(Traced::kind).containsExactly("?", "?");
        peer.sendsTo(alice.port(), peer.requestTo("OPTIONS", alice.uri())).expects("200 OPTIONS");
    }

    @Test
    void aMessageKeepsItsHeadersInOrder() {
        RawMessage message = RawMessage.parse(
                "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nTo: <sip:a@b>\r\nCSeq: 7 OPTIONS\r\n\r\n");
        assertThat(message.with("to", "<sip:c@d>")
                        .adding("X", "1")
                        .adding("X", "2")
                        .without("Via")
                        .headers())
                .containsExactly("to: <sip:c@d>", "CSeq: 7 OPTIONS", "X: 1", "X: 2");
        assertThat(message.body("text/plain", "é").toString()).endsWith("Content-Length: 2\r\n\r\né");
        assertThat(message.cseq()).isEqualTo(7);
        assertThat(message.toTag("t").toTag("u").header("To")).isEqualTo("<sip:a@b>;tag=u");
    }

    private RawDialog talking() {
        alice.calls(peer.uri());
        peer.hears("INVITE");
        RawMessage ok = peer.response(200, "OK").sdp(peer.sdp());
        peer.sends(ok).expects("ACK");
        alice.talks();
        return peer.dialog(ok);
    }
}
