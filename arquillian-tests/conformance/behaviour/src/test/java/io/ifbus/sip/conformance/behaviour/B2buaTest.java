// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.UAMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that is called by alice and calls bob (JSR 289 chapter 12). */
class B2buaTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private Script script;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
    }

    /** The second leg, linked to the first and sent to bob. */
    private SipServletRequest callBob(SipServletRequest invite) throws Exception {
        SipServletRequest out = invite.getB2buaHelper().createRequest(invite, true, null);
        out.setRequestURI(exchange.uri(bob));
        out.send();
        return out;
    }

    @Test
    @Proves("J-12.2-a")
    void theSecondLegIsACopyOfTheFirstInADialogOfItsOwn() {
        script.onRequest("doInvite", invite -> {
            SipServletRequest out = invite.getB2buaHelper().createRequest(invite);
            out.setRequestURI(exchange.uri(bob));
            out.send();
        });
        Message in = alice.request("INVITE")
                .header("Subject", "lunch")
                .header("X-Order", "pizza")
                .header("Record-Route", "<sip:10.9.9.9;lr>")
                .body("application/sdp", Phone.SDP)
                .send();
        Message out = bob.hears("INVITE");
        assertThat(out.header("Subject")).isEqualTo("lunch");
        assertThat(out.header("X-Order")).isEqualTo("pizza");
        assertThat(out.body()).isEqualTo(Phone.SDP);
        assertThat(out.uri("From")).isEqualTo(in.uri("From"));
        assertThat(out.uri("To")).isEqualTo(in.uri("To"));
        assertThat(out.callId()).isNotEqualTo(in.callId());
        assertThat(out.fromTag()).isNotEmpty().isNotEqualTo(in.fromTag());
        assertThat(out.toTag()).isNull();
        assertThat(out.headers("Via")).hasSize(1).noneMatch(via -> via.contains(in.branch()));
        assertThat(out.header("Record-Route")).isNull();
        assertThat(out.uri("Contact")).contains("127.0.0.1:" + exchange.port());
    }

    @Test
    @Proves("J-12.2-b")
    void headersOfTheMapReplaceThoseOfTheOriginal() {
        Phone carol = exchange.phone("carol");
        script.onRequest("doInvite", invite -> {
            Map<String, List<String>> headers = Map.of(
                    "From", List.of("\"Desk\" <sip:desk@example.org>;tag=ignored"),
                    "To", List.of("<sip:pizzeria@example.org>"),
                    "Contact", List.of("<sip:counter@10.1.1.1;room=7>"),
                    "Route", List.of("<sip:127.0.0.1:" + carol.port() + ";lr>"),
                    "Subject", List.of("dinner"));
            invite.getB2buaHelper().createRequest(invite, true, headers).send();
        });
        alice.request("INVITE")
                .header("Subject", "lunch")
                .header("X-Order", "pizza")
                .send();
        Message out = carol.hears("INVITE");
        assertThat(out.header("From")).startsWith("\"Desk\" <sip:desk@example.org>");
        assertThat(out.fromTag()).isNotEmpty().isNotEqualTo("ignored");
        assertThat(out.uri("To")).isEqualTo("sip:pizzeria@example.org");
        assertThat(out.uri("Contact"))
                .startsWith("sip:counter@127.0.0.1:" + exchange.port())
                .contains("room=7");
        assertThat(out.headers("Subject")).containsExactly("dinner");
        assertThat(out.header("X-Order")).isEqualTo("pizza");
        assertThat(out.uri("Route")).contains(":" + carol.port());
    }

    @Test
    @Proves("J-12.2-b")
    void aSystemHeaderInTheMapIsRefused() {
        script.onRequest("doInvite", invite -> {
            B2buaHelper helper = invite.getB2buaHelper();
            for (String system : List.of("Call-ID", "CSeq", "Via", "Record-Route")) {
                Map<String, List<String>> headers = Map.of(system, List.of("x"));
                assertThatThrownBy(() -> helper.createRequest(invite, true, headers))
                        .as(system)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            invite.createResponse(486).send();
        });
        alice.invites();
        alice.hears(486);
    }

    @Test
    void theSecondLegHasOneHopLess() {
        script.onRequest("doInvite", this::callBob);
        alice.request("INVITE").with("Max-Forwards", 12).send();
        assertThat(bob.hears("INVITE").header("Max-Forwards")).isEqualTo("11");
    }

    @Test
    @Proves({"J-12.2-d", "J-12.3-a"})
    void bothLegsAreLinkedAndARequestOfOneIsRepeatedInTheOther() {
        AtomicReference<SipServletRequest> second = new AtomicReference<>();
        script.onRequest("doInvite", invite -> second.set(callBob(invite)));
        joinWhenAnswered();
        script.onRequest("doAck", ack -> {});
        alice.invites();
        Message atBob = bob.hears("INVITE");
        SipServletRequest first = script.gets("doInvite").request();
        B2buaHelper helper = first.getB2buaHelper();
        assertThat(helper.getLinkedSession(first.getSession()).getId())
                .isEqualTo(second.get().getSession().getId());
        assertThat(helper.getLinkedSession(second.get().getSession()).getId())
                .isEqualTo(first.getSession().getId());
        assertThat(helper.getLinkedSipServletRequest(first)).isSameAs(second.get());
        assertThat(helper.getLinkedSipServletRequest(second.get())).isSameAs(first);
        bob.accepts(atBob);
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        bob.hears("ACK");

        script.onRequest("doInfo", info -> {
            B2buaHelper legs = info.getB2buaHelper();
            SipServletRequest other = legs.createRequest(legs.getLinkedSession(info.getSession()), info, null);
            assertThat(legs.getLinkedSipServletRequest(info)).isSameAs(other);
            assertThat(legs.getLinkedSipServletRequest(other)).isSameAs(info);
            other.setContent(info.getRawContent(), info.getContentType());
            other.send();
        });
        ofAlice.request("INFO").header("X-Key", "5").body("text/plain", "five").send();
        Message info = bob.hears("INFO");
        assertThat(info.header("X-Key")).isEqualTo("5");
        assertThat(info.body()).isEqualTo("five");
        assertThat(info.callId()).isEqualTo(atBob.callId());
        assertThat(info.toTag()).isEqualTo("bob");
        assertThat(info.fromTag()).isEqualTo(atBob.fromTag());
        assertThat(info.cseq()).isGreaterThan(atBob.cseq());
    }

    private void joinWhenAnswered() {
        script.onResponse("doSuccessResponse", ok -> {
            ok.createAck().send();
            B2buaHelper helper = ok.getRequest().getB2buaHelper();
            SipServletResponse back =
                    helper.getLinkedSipServletRequest(ok.getRequest()).createResponse(200);
            back.send();
        });
    }

    @Test
    @Proves("J-12.4-a")
    void pendingMessagesAreThoseNotAnsweredOrAcknowledged() throws Exception {
        script.onRequest("doInvite", this::callBob);
        alice.invites();
        SipServletRequest in = script.gets("doInvite").request();
        B2buaHelper helper = in.getB2buaHelper();
        assertThat(helper.getPendingMessages(in.getSession(), UAMode.UAS)).containsExactly(in);
        bob.accepts(bob.hears("INVITE"));
        SipServletResponse ok = script.gets("doSuccessResponse").response();
        SipSession out = ok.getSession();
        assertThat(helper.getPendingMessages(out, UAMode.UAC)).containsExactly(ok);
        exchange.sends(ok.createAck());
        assertThat(helper.getPendingMessages(out, UAMode.UAC)).isEmpty();
        exchange.sends(in.createResponse(200));
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");
        ofAlice.sends("INFO");
        SipServletRequest first = script.gets("doInfo").request();
        ofAlice.sends("INFO");
        SipServletRequest second = script.gets("doInfo").request();
        assertThat(helper.getPendingMessages(in.getSession(), UAMode.UAS))
                .endsWith(first, second)
                .doesNotContain(in);
        exchange.sends(first.createResponse(200));
        assertThat(helper.getPendingMessages(in.getSession(), UAMode.UAS))
                .contains(second)
                .doesNotContain(first);
    }

    @Test
    @Proves("J-12-a")
    void theHelperCancelsTheOtherLeg() {
        script.onRequest("doInvite", this::callBob);
        script.onRequest("doCancel", cancel -> {
            B2buaHelper helper = cancel.getB2buaHelper();
            helper.createCancel(helper.getLinkedSession(cancel.getSession())).send();
        });
        Message invite = alice.invites();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        script.gets("doProvisionalResponse");
        alice.cancels(invite);
        alice.hears(487);
        Message cancel = bob.hears("CANCEL");
        assertThat(cancel.branch()).isEqualTo(atBob.branch());
        assertThat(cancel.callId()).isEqualTo(atBob.callId());
    }
}
