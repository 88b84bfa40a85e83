// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;

/**
 * Calls two parties in one application session, and numbers everything it decides to send in the order in which it
 * decides: header X-Order, with the call's name in X-Call.
 */
public final class Bridge extends SipServlet {
    private static final long serialVersionUID = 1L;
    private static final String ORDER = "order";
    private static final String NAME = "name";
    private static final String OTHER = "other";

    static void call(SipApplication application, String name, int firstPort, int secondPort) throws Exception {
        SipFactory factory = application.sipFactory();
        javax.servlet.sip.SipApplicationSession session = factory.createApplicationSession();
        session.setAttribute(ORDER, new AtomicInteger());
        session.setAttribute(NAME, name);
        application.serialExecution().execute(session, () -> {
            try {
                SipServletRequest first = invite(factory, session, firstPort);
                SipServletRequest second = invite(factory, session, secondPort);
                first.getSession().setAttribute(OTHER, second.getSession());
                second.getSession().setAttribute(OTHER, first.getSession());
                decide(first).send();
                decide(second).send();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static SipServletRequest invite(
            SipFactory factory, javax.servlet.sip.SipApplicationSession session, int port) throws Exception {
        return factory.createRequest(session, "INVITE", "sip:bridge@127.0.0.1", "sip:party@127.0.0.1:" + port);
    }

    private static <M extends SipServletMessage> M decide(M message) {
        AtomicInteger order = (AtomicInteger) message.getApplicationSession().getAttribute(ORDER);
        message.setHeader("X-Order", Integer.toString(order.incrementAndGet()));
        message.setHeader("X-Call", (String) message.getApplicationSession().getAttribute(NAME));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(500_000)); // room to be overtaken by the other leg
        return message;
    }

    @Override
    protected void doSuccessResponse(SipServletResponse ok) throws IOException {
        if ("INVITE".equals(ok.getMethod())) {
            decide(ok.createAck()).send();
        }
    }

    @Override
    protected void doBye(SipServletRequest bye) throws IOException {
        SipSession other = (SipSession) bye.getSession().getAttribute(OTHER);
        decide(bye.createResponse(200)).send();
        if (other.isValid() && other.getAttribute("left") == null) {
            decide(other.createRequest("BYE")).send();
        }
        bye.getSession().setAttribute("left", true);
        bye.getApplicationSession().setInvalidateWhenReady(true);
    }
}
