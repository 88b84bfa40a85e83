// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.annotation.SipServlet;

/** Answers every call; before it answers the user {@code sleeper} it blocks for two seconds. */
@SipServlet(name = "sleepy", loadOnStartup = 1)
public class SleepyServlet extends javax.servlet.sip.SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doInvite(SipServletRequest invite) throws IOException {
        if ("sleeper".equals(((SipURI) invite.getRequestURI()).getUser())) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
        invite.createResponse(SipServletResponse.SC_RINGING).send();
        SipServletResponse ok = invite.createResponse(SipServletResponse.SC_OK);
        ok.setContent(invite.getRawContent(), "application/sdp");
        ok.send();
    }

    @Override
    protected void doBye(SipServletRequest bye) throws IOException {
        bye.createResponse(SipServletResponse.SC_OK).send();
    }
}
