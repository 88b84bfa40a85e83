// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.station;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import java.io.IOException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** The SIP servlet of each WAR; the WAR's sip.xml names the application. */
@javax.servlet.sip.annotation.SipServlet(loadOnStartup = 1)
public class Station extends SipServlet {
    @Resource
    private transient SipFactory factory;

    @Resource
    private transient TimerService timers;

    @Resource
    private transient SipSessionsUtil sessions;

    @Inject
    private transient SipFactory injectedFactory;

    @Inject
    private transient TimerService injectedTimers;

    @Inject
    private transient SipSessionsUtil injectedSessions;

    @Override
    public void init() {
        getServletContext().setAttribute("sip servlet, resource", new Parts(factory, timers, sessions));
        getServletContext()
                .setAttribute("sip servlet, inject", new Parts(injectedFactory, injectedTimers, injectedSessions));
    }

    @Override
    protected void doOptions(SipServletRequest request) throws IOException {
        SipServletResponse response = request.createResponse(200);
        response.setHeader("X-Application", request.getApplicationSession().getApplicationName());
        response.send();
        request.getApplicationSession().invalidate();
    }

    /** In the north it goes on, with a mark; elsewhere it is answered. */
    @Override
    protected void doMessage(SipServletRequest request) throws ServletException, IOException {
        String application = request.getApplicationSession().getApplicationName();
        if (application.equals("north")) {
            request.addHeader("X-Passed", application);
            request.getProxy().proxyTo(request.getRequestURI());
        } else {
            SipServletResponse response = request.createResponse(200);
            response.setHeader("X-Application", application);
            response.setHeader("X-Passed", String.valueOf(request.getHeader("X-Passed")));
            response.send();
        }
    }
}
