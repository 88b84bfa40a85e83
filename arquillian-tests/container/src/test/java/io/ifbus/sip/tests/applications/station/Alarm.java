// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.station;

import jakarta.annotation.Resource;
import java.util.concurrent.CompletableFuture;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletContextEvent;
import javax.servlet.sip.SipServletListener;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import javax.servlet.sip.annotation.SipListener;

/** Tells whose timer it was, by the application that this listener itself was given. */
@SipListener
public class Alarm implements TimerListener, SipServletListener {
    @Resource
    private SipFactory factory;

    @Resource
    private TimerService timers;

    @Resource
    private SipSessionsUtil sessions;

    @Override
    public void timeout(ServletTimer timer) {
        SipApplicationSession session = timer.getApplicationSession();
        CompletableFuture<String> awaited = Parts.AWAITED.get(session.getId());
        SipApplicationSession own = factory.createApplicationSession();
        awaited.complete(own.getApplicationName());
        own.invalidate();
        session.invalidate();
    }

    /** Called when the application is about to go into service. */
    @Override
    public void servletInitialized(SipServletContextEvent event) {
        event.getServletContext().setAttribute("listener", new Parts(factory, timers, sessions));
    }
}
