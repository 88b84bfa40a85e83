// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each message comes to the servlet's method for it (JSR 289 sections 2.3 and 2.5). */
class DispatchTest {
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

    /** Alice's call is answered. */
    private Dialog talk() {
        script.onRequest("doInvite", invite -> invite.createResponse(200).send());
        alice.invites();
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        script.gets("doAck");
        return ofAlice;
    }

    private void answers(String hook, int status, String... headers) {
        script.onRequest(hook, request -> {
            SipServletResponse answer = request.createResponse(status);
            for (int i = 0; i < headers.length; i += 2) {
                answer.setHeader(headers[i], headers[i + 1]);
            }
            answer.send();
        });
    }

    @Test
    @Proves("J-2.3-a")
    void eachMethodHasItsHook() {
        Dialog ofAlice = talk();
        script.gets("doInvite");
        answers("doInfo", 200);
        answers("doBye", 200);
        answers("doOptions", 200);
        answers("doRegister", 200);
        ofAlice.sends("INFO");
        alice.hears(200, "INFO");
        script.gets("doInfo");
        ofAlice.sends("BYE");
        alice.hears(200, "BYE");
        script.gets("doBye");
        alice.request("OPTIONS").send();
        alice.hears(200, "OPTIONS");
        script.gets("doOptions");
        alice.request("REGISTER").send();
        alice.hears(200, "REGISTER");
        script.gets("doRegister");
        script.onRequest("doInvite", invite -> invite.createResponse(180).send());
        Message invite = alice.invites();
        alice.hears(180);
        alice.cancels(invite);
        script.gets("doCancel");
    }

    @Test
    @Proves("J-2.3-b")
    void aRegistrationIsAnsweredWithWhatTheServletSets() {
        answers("doRegister", 200, "Contact", "<sip:alice@10.1.1.1:5070>;expires=60", "Expires", "60");
        alice.request("REGISTER").send();
        Message ok = alice.hears(200, "REGISTER");
        assertThat(ok.headers("Contact")).containsExactly("<sip:alice@10.1.1.1:5070>;expires=60");
        assertThat(ok.header("Expires")).isEqualTo("60");
    }

    @Test
    @Proves("J-2.3-c")
    void optionsAreAnsweredWithWhatTheServletSets() {
        answers("doOptions", 200, "Allow", "INVITE, BYE", "Supported", "timer");
        alice.request("OPTIONS").send();
        Message ok = alice.hears(200, "OPTIONS");
        assertThat(ok.headers("Allow")).contains("INVITE", "BYE");
        assertThat(ok.headers("Supported")).contains("timer");
    }

    @Test
    @Proves("J-2.3-d")
    void aTextMessageIsReadAndAnsweredWithoutADialog() {
        script.onRequest("doMessage", message -> {
            assertThat(message.getContent()).isEqualTo("lunch?");
            message.createResponse(202).send();
        });
        alice.request("MESSAGE").body("text/plain", "lunch?").send();
        Message answer = alice.hears(202, "MESSAGE");
        assertThat(answer.header("Contact")).isNull();
        SipServletRequest message = script.gets("doMessage").request();
        assertThat(message.getSession().getState()).isEqualTo(javax.servlet.sip.SipSession.State.INITIAL);
    }

    @Test
    @Proves("J-2.3-e")
    void aPublicationIsAnsweredWithItsTag() {
        answers("doPublish", 200, "SIP-ETag", "e1", "Expires", "60");
        alice.request("PUBLISH").header("Event", "presence").send();
        assertThat(alice.hears(200, "PUBLISH").header("SIP-ETag")).isEqualTo("e1");
    }

    @Test
    @Proves("J-2.3-f")
    void aSubscriberIsNotifiedInTheDialogOfItsSubscription() throws Exception {
        answers("doSubscribe", 200, "Expires", "60");
        alice.request("SUBSCRIBE")
                .header("Event", "presence")
                .header("Expires", 60)
                .send();
        Message ok = alice.hears(200, "SUBSCRIBE");
        SipServletRequest subscribe = script.gets("doSubscribe").request();
        SipServletRequest notify = subscribe.getSession().createRequest("NOTIFY");
        notify.setHeader("Event", "presence");
        notify.setHeader("Subscription-State", "active;expires=60");
        exchange.sends(notify);
        Message atAlice = alice.hears("NOTIFY");
        assertThat(atAlice.callId()).isEqualTo(ok.callId());
        assertThat(atAlice.fromTag()).isEqualTo(ok.toTag());
        assertThat(atAlice.toTag()).isEqualTo("alice");
        assertThat(atAlice.requestUri()).isEqualTo(alice.uri());
        alice.answers(atAlice, 200);
        assertThat(script.gets("doSuccessResponse").response().getMethod()).isEqualTo("NOTIFY");
    }

    @Test
    @Proves("J-2.3-g")
    void aNotificationComesToTheSessionThatSubscribed() throws Exception {
        SipServletRequest subscribe = exchange.request("SUBSCRIBE", bob);
        subscribe.setHeader("Event", "presence");
        subscribe.setHeader("Expires", "60");
        exchange.sends(subscribe);
        Message atBob = bob.hears("SUBSCRIBE");
        bob.answer(atBob, 200).header("Expires", 60).send();
        script.gets("doSuccessResponse");
        answers("doNotify", 200);
        bob.dialogOf(atBob)
                .request("NOTIFY")
                .header("Event", "presence")
                .header("Subscription-State", "active;expires=60")
                .send();
        bob.hears(200, "NOTIFY");
        assertThat(script.gets("doNotify").request().getSession().getId())
                .isEqualTo(subscribe.getSession().getId());
    }

    @Test
    @Proves("J-2.3-h")
    void aReferralIsAcceptedAndItsProgressToldInTheSameDialog() throws Exception {
        answers("doRefer", 202);
        alice.request("REFER").header("Refer-To", "<" + bob.uri() + ">").send();
        Message accepted = alice.hears(202, "REFER");
        SipServletRequest refer = script.gets("doRefer").request();
        for (String progress : List.of("SIP/2.0 100 Trying", "SIP/2.0 200 OK")) {
            SipServletRequest notify = refer.getSession().createRequest("NOTIFY");
            notify.setHeader("Event", "refer");
            notify.setHeader(
                    "Subscription-State",
                    progress.contains("200") ? "terminated;reason=noresource" : "active;expires=60");
            notify.setContent(progress, "message/sipfrag");
            exchange.sends(notify);
            Message atAlice = alice.hears("NOTIFY");
            assertThat(atAlice.callId()).isEqualTo(accepted.callId());
            assertThat(atAlice.fromTag()).isEqualTo(accepted.toTag());
            assertThat(atAlice.body()).isEqualTo(progress);
            alice.answers(atAlice, 200);
            script.gets("doSuccessResponse");
        }
    }

    @Test
    @Proves("J-2.3-i")
    void whatIsSaidInADialogIsRead() {
        Dialog ofAlice = talk();
        script.onRequest("doInfo", info -> {
            assertThat(info.getContent()).isEqualTo("Signal=5");
            info.createResponse(200).send();
        });
        ofAlice.request("INFO").body("text/plain", "Signal=5").send();
        alice.hears(200, "INFO");
        script.gets("doInfo");
    }

    @Test
    @Proves("J-2.3-j")
    void anEarlyDialogIsUpdated() {
        script.onRequest("doInvite", invite -> invite.createResponse(183).send());
        answers("doUpdate", 200, "X-Seen", "update");
        alice.invites();
        Message progress = alice.hears(183);
        alice.dialogBy(progress).sends("UPDATE");
        Message ok = alice.hears(200, "UPDATE");
        assertThat(ok.header("X-Seen")).isEqualTo("update");
        assertThat(ok.toTag()).isEqualTo(progress.toTag());
        script.gets("doUpdate");
    }

    @Test
    @Proves("J-2.3-l")
    void aMethodWithoutAHookIsARequestAllTheSame() {
        script.onRequest("doRequest", request -> {
            if (request.getMethod().equals("DANCE")) {
                request.createResponse(299, "Gladly").send();
            }
        });
        alice.request("DANCE").send();
        alice.hears(299, "DANCE");
    }

    @Test
    @Proves("J-2.5-a")
    void eachClassOfAnswersHasItsHook() throws Exception {
        Map<Integer, String> hooks = Map.of(
                180, "doProvisionalResponse",
                200, "doSuccessResponse",
                302, "doRedirectResponse",
                404, "doErrorResponse",
                503, "doErrorResponse",
                603, "doErrorResponse");
        for (Map.Entry<Integer, String> hook : hooks.entrySet()) {
            exchange.sends(exchange.request("INVITE", bob));
            bob.answers(bob.hears("INVITE"), hook.getKey());
            assertThat(script.gets(hook.getValue()).response().getStatus()).isEqualTo(hook.getKey());
        }
    }
}
