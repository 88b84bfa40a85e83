// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.converged;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.session.Session;
import io.undertow.server.session.SessionListener;

/** Tells of HTTP sessions that end, whoever ends them, and of those that get another id at a login. */
final class SessionEnds implements SessionListener {
    private final HttpSessions sessions;

    SessionEnds(HttpSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void sessionDestroyed(Session session, HttpServerExchange exchange, SessionDestroyedReason reason) {
        sessions.ended(session.getId());
    }

    @Override
    public void sessionIdChanged(Session session, String formerId) {
        sessions.renamed(session.getId(), formerId);
    }
}
