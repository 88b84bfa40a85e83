// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.converged;

import static org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession.SIP_APPLICATION_KEY_PARAM_NAME;

import io.undertow.server.HttpServerExchange;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.util.Deque;

/** An HTTP request whose session is a converged one. Used by one thread at a time. */
final class ConvergedRequest extends HttpServletRequestWrapper {
    private final HttpSessions sessions;
    private final String encodedId; // of an application session, from a URL made by encodeURL, or null
    private ConvergedSession session;

    ConvergedRequest(HttpServletRequest request, HttpServerExchange exchange, HttpSessions sessions) {
        super(request);
        this.sessions = sessions;
        this.encodedId = encodedId(exchange);
    }

    /** Whether {@code request} gives converged sessions of {@code sessions} already, as after a forward. */
    static boolean isAround(ServletRequest request, HttpSessions sessions) {
        ServletRequest layer = request;
        while (layer instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof ConvergedRequest converged && converged.sessions == sessions) {
                return true;
            }
            layer = wrapper.getRequest();
        }
        return false;
    }

    /** Of the query alone: the body is the application's to read. */
    private static String encodedId(HttpServerExchange exchange) {
        Deque<String> values = exchange.getQueryParameters().get(SIP_APPLICATION_KEY_PARAM_NAME);
        return values == null ? null : values.peekFirst();
    }

    @Override
    public HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public HttpSession getSession(boolean create) {
        HttpSession own = super.getSession(create);
        if (own == null) {
            session = null;
            return null;
        }
        if (session == null || !session.isAround(own)) {
            session = sessions.converged(own, Origin.of(this));
            if (encodedId != null) {
                session.join(encodedId);
            }
        }
        return session;
    }
}
