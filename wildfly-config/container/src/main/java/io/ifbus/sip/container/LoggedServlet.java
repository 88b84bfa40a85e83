// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.TooManyHopsException;

/**
 * A servlet called with its role and its caller's identity, and whose failures are logged once, without the message that
 * caused them: the engine's own report holds all of it, with numbers and names, and is therefore switched off.
 */
record LoggedServlet(ServletHolder holder, Servlet servlet) implements Servlet {
    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        SipServletMessage message = (SipServletMessage) (request != null ? request : response);
        try {
            holder.environment()
                    .runAs(holder.descriptor(), message.getUserPrincipal(), () -> servlet.service(request, response));
        } catch (UnavailableException e) {
            holder.becameUnavailable(e);
            if (message instanceof SipServletRequest refused) {
                UnavailableServlet.refuse(refused, Duration.ofSeconds(Math.max(0, e.getUnavailableSeconds())));
            }
        } catch (TooManyHopsException e) { // the 483 has been sent with it: a peer's fault, not the servlet's
            ContainerLogger.LOG.debugf("%s has no hop left", describe(message));
        } catch (ServletException | IOException | RuntimeException | Error e) {
            ContainerLogger.LOG.servletFailed(holder.getName(), describe(message), e);
            throw e;
        }
    }

    private static String describe(SipServletMessage message) {
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
