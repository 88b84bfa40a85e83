// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.webcall;

import jakarta.annotation.Resource;
import java.io.IOException;
import java.lang.ref.WeakReference;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import javax.servlet.sip.annotation.SipListener;

/** Leaves a trace of its class loader for others to look at, and lets a timer run for each request. */
@SipListener
@javax.servlet.sip.annotation.SipServlet(loadOnStartup = 1)
public class Caller extends SipServlet implements TimerListener {
    /** A property of the JVM, which is a {@code WeakReference<ClassLoader>}. */
    public static final String LOADER = "io.ifbus.sip.tests.loader";

    @Resource
    private transient TimerService timers;

    @Override
    public void init() {
        System.getProperties().put(LOADER, new WeakReference<>(getClass().getClassLoader()));
    }

    @Override
    protected void doOptions(SipServletRequest request) throws IOException {
        request.createResponse(200).send();
        timers.createTimer(request.getApplicationSession(), 1, false, null);
    }

    @Override
    public void timeout(ServletTimer timer) {
        timer.getApplicationSession().invalidate();
    }
}
