// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/**
 * The reliable provisional responses to one INVITE that came in (RFC 3262 section 3). One at a time awaits its PRACK;
 * what must not overtake it is kept back until then.
 *
 * <pre>
 *   at rest --reliable 1xx sent--> awaiting --PRACK--> at rest, and the next one kept back is sent
 *                                  awaiting --64*T1--> given up: the application is told, the INVITE gets a 5xx
 *                                  awaiting --other final response--> at rest, nothing is kept back any more
 * </pre>
 *
 * <p>Used alone with the session.
 */
final class ReliableAnswers {
    /** Sends one response; as {@code SipServletResponse.send} throws. */
    interface Sending {
        void send(boolean reliably) throws IOException;
    }

    /** What happens when 64*T1 have passed. */
    interface Patience {
        Future<?> within64T1(Runnable task);
    }

    private record Kept(ServletResponseMessage response, boolean reliably, Sending sending) {}

    private final Patience patience;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private ServletResponseMessage awaiting;
    private Future<?> timer;
    private boolean answered;

    ReliableAnswers(Patience patience) {
        this.patience = patience;
    }

    /** Sends the response now, or when the PRACK before it has come. */
    void send(ServletResponseMessage response, boolean reliably, Sending sending) throws IOException {
        if (awaiting != null && mustWait(response, reliably)) {
            kept.add(new Kept(response, reliably, sending));
            return;
        }
        sending.send(reliably);
        if (reliably) {
            answered |= response.getContentLength() > 0;
            awaiting = response;
            timer = patience.within64T1(() -> giveUp(response));
        } else if (response.getStatus() >= 200) {
            rest();
            kept.clear();
        }
    }

    /** Whether one of them held a session description: the offer or answer of this side. */
    boolean haveAnswered() {
        return answered;
    }

    /** RFC 3262 section 3: a further reliable 1xx, and a 2xx while an offer or answer is not acknowledged. */
    private boolean mustWait(ServletResponseMessage response, boolean reliably) {
        return reliably || response.getStatus() / 100 == 2 && awaiting.getContentLength() > 0;
    }

    /** The PRACK of the one that awaits it has come. */
    void acknowledged() throws IOException {
        rest();
        Kept next = kept.poll();
        if (next != null) {
            send(next.response(), next.reliably(), next.sending());
        }
    }

    private void rest() {
        awaiting = null;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void giveUp(ServletResponseMessage response) {
        if (awaiting == response) {
            rest();
            kept.clear();
            response.notAcknowledged();
        }
    }
}
