// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.RawPeer.header;
import static io.ifbus.sip.container.RawPeer.toTag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy forks our INVITE, and several of the called answer it (RFC 3261 section 13.2.2.4, RFC 6026 section 7.2). */
class ForkedAnswersTest {
    private static final SipServerSettings SETTINGS = SipServerSettings.DEFAULTS.withT1(Duration.ofMillis(100));

    private TestServer container;
    private RawPeer callees;
    private SipApplicationSession call;
    private String invite;

    @BeforeEach
    void calls() throws Exception {
        Uac.RESPONSES.clear();
        container = new TestServer(SETTINGS, Uac.class);
        callees = new RawPeer();
        call = container.application.sipFactory().createApplicationSession();
        SipServletRequest request = container
                .application
                .sipFactory()
                .createRequest(call, "INVITE", "sip:us@127.0.0.1", "sip:callee@127.0.0.1:" + callees.port());
        request.getSession().setAttribute("order", "pizza");
        request.send();
        invite = callees.await("INVITE");
    }

    @AfterEach
    void ends() {
        container.close();
        callees.close();
    }

    /** The answer of one of the called, who is named by its tag, has a Contact and is behind a proxy of its own. */
    private String answer(String tag, int status) {
        return callees.response(invite, status, "Answer", "")
                .replace("tag=raw-uas", "tag=" + tag)
                .replace("Contact: <sip:raw@", "Contact: <sip:" + tag + "@")
                .replace(
                        "\r\nContact:",
                        "\r\nRecord-Route: <sip:via-" + tag + "@127.0.0.1:" + callees.port() + ";lr>" + "\r\nContact:");
    }

    private SipServletResponse answers(String tag, int status) throws InterruptedException {
        callees.send(answer(tag, status), container.port);
        SipServletResponse seen = Uac.RESPONSES.poll(5, TimeUnit.SECONDS);
        assertThat(seen).as("answer of " + tag).isNotNull();
        assertThat(seen.getTo().getParameter("tag")).isEqualTo(tag);
        assertThat(seen.getStatus()).isEqualTo(status);
        return seen;
    }

    private interface Making {
        SipServletMessage make() throws IOException;
    }

    private void sends(Making making) {
        container.application.serialExecution().execute(call, () -> {
            try {
                making.make().send();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void isFor(String request, String tag) {
        assertThat(toTag(request)).isEqualTo(tag);
        assertThat(request).containsPattern("^\\w+ sip:" + tag + "@127.0.0.1:" + callees.port());
        assertThat(header(request, "Route")).contains("sip:via-" + tag + "@");
    }

    private String acknowledges(SipServletResponse ok, String tag) {
        sends(ok::createAck);
        String ack = callees.await("ACK");
        isFor(ack, tag);
        assertThat(header(ack, "CSeq")).isEqualTo("1 ACK");
        assertThat(header(ack, "Via")).isNotEqualTo(header(invite, "Via"));
        return ack;
    }

    private void hangsUp(SipSession session, String tag) throws InterruptedException {
        sends(() -> session.createRequest("BYE"));
        String bye = callees.await("BYE");
        isFor(bye, tag);
        callees.send(callees.response(bye, 200, "OK", ""), container.port);
        assertThat(Uac.RESPONSES.poll(5, TimeUnit.SECONDS).getSession()).isEqualTo(session);
    }

    @Test
    @Proves({"J-11.1-c", "3261-13.2.2.4-a", "3261-13.2.2.4-c", "6026-7.2-a"})
    void each2xxMakesADialogThatIsAcknowledgedAndEndedOnItsOwn() throws Exception {
        SipServletResponse desk = answers("desk", 200);
        acknowledges(desk, "desk");
        await().until(() -> container.server.clientTransactionCount() == 0);
        SipServletResponse mobile = answers("mobile", 200);
        SipServletResponse home = answers("home", 202);

        acknowledges(home, "home");
        acknowledges(mobile, "mobile");
        assertThat(List.of(
                        desk.getSession().getId(),
                        mobile.getSession().getId(),
                        home.getSession().getId()))
                .doesNotHaveDuplicates();

        hangsUp(mobile.getSession(), "mobile");
        hangsUp(desk.getSession(), "desk");
        hangsUp(home.getSession(), "home");
    }

    @Test
    @Proves("J-6.2.3.2-a")
    void theSessionOfAFurtherDialogHasWhatTheFirstHas() throws Exception {
        SipSession desk = answers("desk", 180).getSession();
        SipSession mobile = answers("mobile", 180).getSession();
        assertThat(mobile).isNotEqualTo(desk);
        assertThat(mobile.getId()).isNotEqualTo(desk.getId());
        assertThat(mobile.getApplicationSession()).isEqualTo(desk.getApplicationSession());
        assertThat(mobile.getAttribute("order")).isEqualTo("pizza");
        assertThat(mobile.getCallId()).isEqualTo(desk.getCallId());
        assertThat(mobile.getState()).isEqualTo(SipSession.State.EARLY);
        assertThat(call.getSipSession(mobile.getId())).isEqualTo(mobile);
        assertThat(call.getSipSession(desk.getId())).isEqualTo(desk);

        assertThat(answers("mobile", 200).getSession()).isEqualTo(mobile);
        assertThat(mobile.getState()).isEqualTo(SipSession.State.CONFIRMED);
        assertThat(desk.getState()).isEqualTo(SipSession.State.EARLY);
    }

    @Test
    @Proves("3261-13.2.2.4-b")
    void arepeated2xxIsAcknowledgedAgainAndNotShown() throws Exception {
        for (String tag : List.of("desk", "mobile")) {
            String ack = acknowledges(answers(tag, 200), tag);
            callees.send(answer(tag, 200), container.port);
            assertThat(callees.await("ACK")).isEqualTo(ack);
        }
        callees.send(answer("desk", 200), container.port);
        assertThat(toTag(callees.await("ACK"))).isEqualTo("desk");
        assertThat(Uac.RESPONSES).isEmpty();
    }

    @Test
    void nothingIsLeftWhenAllDialogsHaveEnded() throws Exception {
        SipServletResponse desk = answers("desk", 200);
        acknowledges(desk, "desk");
        SipServletResponse mobile = answers("mobile", 200);
        acknowledges(mobile, "mobile");
        hangsUp(desk.getSession(), "desk");
        await().until(() -> container.server.clientTransactionCount() == 0);

        callees.send(byeOf("mobile"), container.port);
        callees.await("SIP/2.0 200");

        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(container.application.sipSessionCount()).isZero();
            assertThat(container.application.sessionCount()).isZero();
            assertThat(container.server.dialogCount()).isZero();
            assertThat(container.server.queueNames()).isZero();
        });
    }

    @Test
    void aRefusalEndsAllEarlyDialogsAndIsOfTheFirstSession() throws Exception {
        SipSession desk = answers("desk", 180).getSession();
        SipSession mobile = answers("mobile", 180).getSession();

        assertThat(answers("proxy", 486).getSession()).isEqualTo(desk);

        await().until(() -> !mobile.isValid());
        await().atMost(20, TimeUnit.SECONDS).until(() -> container.application.sipSessionCount() <= 1);
        await().until(() -> container.server.dialogCount() == 0);
    }

    @Test
    void anEarlyDialogThatIsNeverAnsweredEndsInTime() throws Exception {
        SipServletResponse desk = answers("desk", 180);
        SipServletResponse mobile = answers("mobile", 180);
        SipServletResponse home = answers("home", 200);
        acknowledges(home, "home");

        await().atMost(20, TimeUnit.SECONDS)
                .until(() ->
                        !desk.getSession().isValid() && !mobile.getSession().isValid());
        hangsUp(home.getSession(), "home");
        await().atMost(20, TimeUnit.SECONDS).until(() -> container.application.sipSessionCount() == 0);
        await().until(() -> container.server.dialogCount() == 0);
    }

    private String byeOf(String tag) {
        return callees.byeTo(invite).replace("tag=raw-uas", "tag=" + tag);
    }
}
