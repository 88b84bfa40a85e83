// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.plan;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Answers each request with all that it knows of itself. Declared by sip.xml alone, several times. */
public class Reporter extends SipServlet {
    @Resource(name = "limit")
    private transient Integer limit;

    @EJB(name = "ejb/clerk")
    private transient Clerk clerk;

    @Override
    protected void doRequest(SipServletRequest request) throws IOException {
        Map<String, String> known = new TreeMap<>();
        known.put("Servlet", getServletName());
        known.put("Init", getInitParameter("colour"));
        known.put("Context", getServletContext().getInitParameter("greeting"));
        known.put("Both-Context", getServletContext().getInitParameter("of-both"));
        known.put("Web-Context", getServletContext().getInitParameter("of-the-web"));
        known.put("Listener", String.valueOf(request.getApplicationSession().getAttribute("created by")));
        known.put("Expires-In", expiresIn(request));
        known.put("Limit", String.valueOf(limit));
        known.put("Clerk", clerk.name());
        known.put("Executor", kind("java:comp/env/concurrent/executor", ExecutorService.class));
        known.put("Destination", kind("java:comp/env/jms/orders", ExecutorService.class));
        known.put("Ejb", kind("java:comp/env/ejb/clerk", Clerk.class));
        SipServletResponse response = request.createResponse(200);
        known.forEach((name, value) -> response.setHeader("X-" + name, String.valueOf(value)));
        response.send();
        request.getApplicationSession().invalidate();
    }

    private static String expiresIn(SipServletRequest request) {
        long left = request.getApplicationSession().getExpirationTime() - System.currentTimeMillis();
        return Math.round(left / 60_000.0) + " min";
    }

    @SuppressWarnings("BanJNDI") // names of this application's own context
    private static String kind(String name, Class<?> type) {
        try {
            return type.isInstance(new InitialContext().lookup(name)) ? type.getSimpleName() : "another";
        } catch (NamingException e) {
            return e.toString();
        }
    }
}
