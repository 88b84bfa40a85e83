// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletResponse;

/**
 * A servlet whose failures are logged once, without the message that caused them: the engine's own report holds all of
 * it, with numbers and names, and is therefore switched off.
 */
record LoggedServlet(String name, Servlet servlet) implements Servlet {
    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        try {
            servlet.service(request, response);
        } catch (ServletException | IOException | RuntimeException | Error e) {
            ContainerLogger.LOG.servletFailed(name, describe(request, response), e);
            throw e;
        }
    }

    private static String describe(ServletRequest request, ServletResponse response) {
        SipServletMessage message = (SipServletMessage) (request != null ? request : response);
        return message instanceof SipServletResponse answer
                ? answer.getStatus() + " to " + answer.getMethod()
                : message.getMethod();
    }

    @Override
    public void init(ServletConfig config) {
        throw new UnsupportedOperationException("initialised by its holder");
    }

    @Override
    public void destroy() {
        throw new UnsupportedOperationException("destroyed by its holder");
    }

    @Override
    public ServletConfig getServletConfig() {
        return servlet.getServletConfig();
    }

    @Override
    public String getServletInfo() {
        return servlet.getServletInfo();
    }
}
