// SPDX-License-Identifier: AGPL-3.0-or-later
package example;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import javax.servlet.sip.annotation.SipListener;

/** Rings for two seconds, then says that it is busy. */
@SipListener
@javax.servlet.sip.annotation.SipServlet(name = "attendant", loadOnStartup = 1)
public class Attendant extends SipServlet implements TimerListener {
    @Inject
    private TimerService timers;

    @Override
    protected void doInvite(SipServletRequest invite) throws IOException {
        invite.createResponse(180).send();
        invite.getApplicationSession().setAttribute("invite", invite);
        timers.createTimer(invite.getApplicationSession(), 2000, false, null);
    }

    @Override
    protected void doOptions(SipServletRequest options) throws IOException {
        options.createResponse(200).send();
    }

    @Override
    public void timeout(ServletTimer timer) {
        SipServletRequest invite =
                (SipServletRequest) timer.getApplicationSession().getAttribute("invite");
        try {
            invite.createResponse(486).send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
