// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/**
 * Stands for a servlet that has said that it is unavailable: requests are refused with 503, responses dropped.
 *
 * @param retryAfter when to try again; zero when nobody knows
 */
record UnavailableServlet(Duration retryAfter) implements Servlet {
    @Override
    public void service(ServletRequest request, ServletResponse response) throws IOException {
        if (request instanceof SipServletRequest asked) {
            refuse(asked, retryAfter);
        }
    }

    static void refuse(SipServletRequest request, Duration retryAfter) throws IOException {
        if ("ACK".equals(request.getMethod()) || "CANCEL".equals(request.getMethod()) || request.isCommitted()) {
            return; // the container has answered a CANCEL already; nobody answers an ACK
        }
        SipServletResponse refusal = request.createResponse(SipServletResponse.SC_SERVICE_UNAVAILABLE);
        if (!retryAfter.isZero()) {
            refusal.setHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        refusal.send();
    }

    @Override
    public void init(ServletConfig config) {
        throw new UnsupportedOperationException("unavailable");
    }

    @Override
    public void destroy() {
        throw new UnsupportedOperationException("unavailable");
    }

    @Override
    public ServletConfig getServletConfig() {
        throw new UnsupportedOperationException("unavailable");
    }

    @Override
    public String getServletInfo() {
        return "unavailable";
    }
}
