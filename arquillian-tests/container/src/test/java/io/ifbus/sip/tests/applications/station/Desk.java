// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.station;

import io.ifbus.sip.tests.applications.archive.Cashier;
import io.ifbus.sip.tests.applications.archive.Shelf;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** The HTTP servlet of each WAR: tells, line by line, whose parts each component was given. */
@WebServlet("/desk")
public class Desk extends HttpServlet {
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

    @EJB
    private transient Porter porter;

    @EJB(lookup = "java:app/office/Cashier")
    private transient Cashier cashier;

    @Inject
    private transient Shelf shelf;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletContext context = getServletContext();
        Map<String, Parts> given = new TreeMap<>();
        given.put("http servlet, resource", new Parts(factory, timers, sessions));
        given.put("http servlet, inject", new Parts(injectedFactory, injectedTimers, injectedSessions));
        given.put("session bean of the war", porter.parts());
        for (String component : new String[] {"sip servlet, resource", "sip servlet, inject", "listener"}) {
            given.put(component, (Parts) context.getAttribute(component));
        }
        given.put(
                "context attributes",
                new Parts(
                        (SipFactory) context.getAttribute(SipServlet.SIP_FACTORY),
                        (TimerService) context.getAttribute(SipServlet.TIMER_SERVICE),
                        (SipSessionsUtil) context.getAttribute(SipServlet.SIP_SESSIONS_UTIL)));
        given.put("java:comp/env", Parts.named("java:comp/env/sip" + request.getContextPath()));
        given.put("java:app", Parts.named("java:app/sip" + request.getContextPath()));
        response.setContentType("text/plain");
        for (Map.Entry<String, Parts> component : given.entrySet()) {
            response.getWriter()
                    .println(component.getKey() + " = " + component.getValue().owner());
        }
        response.getWriter().println("library, inject named = " + shelf.owners());
        response.getWriter().println("session bean of the ear = " + cashier.owners());
    }
}
