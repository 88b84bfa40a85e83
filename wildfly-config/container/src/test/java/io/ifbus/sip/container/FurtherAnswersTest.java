// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.RawPeer.header;
import static io.ifbus.sip.container.RawPeer.toTag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipErrorListener;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A B2BUA whose second leg forked answers the first more than once (JSR 289 section 12.5). */
class FurtherAnswersTest {
    private static final BlockingQueue<SipServletRequest> REQUESTS = new LinkedBlockingQueue<>();
    private static final BlockingQueue<SipErrorEvent> ERRORS = new LinkedBlockingQueue<>();

    private TestServer container;
    private RawPeer caller;
    private SipServletRequest invite;

    /** Notes what comes and answers a BYE. */
    public static class Noting extends SipServlet implements SipErrorListener {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doRequest(SipServletRequest request) throws IOException {
            if (request.isInitial()) {
                request.getB2buaHelper();
                request.getSession().setAttribute("order", "pizza");
            } else if ("BYE".equals(request.getMethod())) {
                request.createResponse(200).send();
            }
            REQUESTS.add(request);
        }

        @Override
        public void noAckReceived(SipErrorEvent event) {
            ERRORS.add(event);
        }

        @Override
        public void noPrackReceived(SipErrorEvent event) {
            ERRORS.add(event);
        }
    }

    @BeforeEach
    void isCalled() throws Exception {
        REQUESTS.clear();
        ERRORS.clear();
        container = new TestServer(SipServerSettings.DEFAULTS.withT1(Duration.ofMillis(100)), Noting.class);
        caller = new RawPeer();
        caller.send(caller.request("INVITE", container.port, "call", null, 1, ""), container.port);
        invite = next("INVITE");
    }

    @AfterEach
    void ends() {
        container.close();
        caller.close();
    }

    private SipServletRequest next(String method) throws InterruptedException {
        SipServletRequest request = REQUESTS.poll(5, TimeUnit.SECONDS);
        assertThat(request).as(method).isNotNull();
        assertThat(request.getMethod()).isEqualTo(method);
        return request;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void does(Work work) {
        container.application.serialExecution().execute(invite.getApplicationSession(), () -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private SipServletResponse answers() {
        SipServletResponse[] made = new SipServletResponse[1];
        SipSession session = invite.getSession();
        does(() -> {
            made[0] = helper().createResponseToOriginalRequest(session, 200, "Yes");
            made[0].send();
        });
        await().until(() -> made[0] != null && made[0].isCommitted());
        return made[0];
    }

    private B2buaHelper helper() {
        return invite.getB2buaHelper();
    }

    private String hears(SipServletResponse answer) {
        return caller.await("SIP/2.0 200", "To", answer.getHeader("To"));
    }

    private SipSession acknowledges(String ok) throws InterruptedException {
        caller.send(caller.request("ACK", container.port, "call", toTag(ok), 1, ""), container.port);
        return next("ACK").getSession();
    }

    @Test
    @Proves("J-12.5-a")
    void eachAnswerHasATagASessionAndADialogOfItsOwn() throws Exception {
        SipServletResponse desk = answers();
        String first = hears(desk);
        SipSession one = acknowledges(first);
        await().until(() -> container.server.serverTransactionCount() == 0);
        SipServletResponse mobile = answers();
        String second = hears(mobile);

        assertThat(toTag(second)).isNotEqualTo(toTag(first));
        assertThat(header(second, "Contact")).isNotNull();
        assertThat(one).isEqualTo(invite.getSession()).isEqualTo(desk.getSession());
        SipSession two = acknowledges(second);
        assertThat(two).isEqualTo(mobile.getSession()).isNotEqualTo(one);
        assertThat(two.getId()).isNotEqualTo(one.getId());
        assertThat(two.getApplicationSession()).isEqualTo(one.getApplicationSession());
        assertThat(two.getAttribute("order")).isEqualTo("pizza");
        assertThat(two.getState()).isEqualTo(SipSession.State.CONFIRMED);

        does(() -> two.createRequest("INFO").send());
        String info = caller.await("INFO");
        assertThat(header(info, "From")).contains(toTag(second));
        caller.send(caller.response(info, 200, "OK", ""), container.port);
        does(() -> one.createRequest("INFO").send());
        assertThat(header(caller.await("INFO", "CSeq", "1 INFO"), "From")).contains(toTag(first));
    }

    @Test
    void nothingIsLeftWhenBothHaveEnded() throws Exception {
        for (SipServletResponse answer : List.of(answers(), answers())) {
            acknowledges(hears(answer));
            String tag = answer.getTo().getParameter("tag");
            caller.send(
                    caller.request("BYE", container.port, "call", tag, 2, "").replace("2BYE", "2BYE" + tag),
                    container.port);
            assertThat(next("BYE").getSession().getId())
                    .isEqualTo(answer.getSession().getId());
        }
        await().atMost(20, TimeUnit.SECONDS).untilAsserted(() -> {
            assertThat(container.application.sipSessionCount()).isZero();
            assertThat(container.application.sessionCount()).isZero();
            assertThat(container.server.dialogCount()).isZero();
            assertThat(container.server.queueNames()).isZero();
        });
        assertThat(ERRORS).isEmpty();
    }

    @Test
    void aFurtherAnswerIsRepeatedUntilItIsGivenUp() throws Exception {
        acknowledges(hears(answers()));
        SipServletResponse second = answers();
        assertThat(hears(second)).isEqualTo(hears(second));
        SipErrorEvent error = ERRORS.poll(20, TimeUnit.SECONDS);
        assertThat(error.getResponse()).isEqualTo(second);
    }

    @Test
    void aCallThatIsAnsweredCannotBeRefused() {
        answers();
        assertThatThrownBy(() -> helper().createResponseToOriginalRequest(invite.getSession(), 486, "No"))
                .isInstanceOf(IllegalStateException.class);
    }
}
