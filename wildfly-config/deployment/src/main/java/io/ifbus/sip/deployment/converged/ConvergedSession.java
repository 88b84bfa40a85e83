// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.converged;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Enumeration;
import java.util.Optional;
import javax.servlet.sip.SipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;

/**
 * An HTTP session that belongs, or can belong, to an application session. Equal to every other one for the same HTTP
 * session.
 */
final class ConvergedSession implements org.mobicents.servlet.sip.core.session.ConvergedSession {
    private final HttpSession session;
    private final HttpSessions sessions;
    private final Link link;

    ConvergedSession(HttpSession session, HttpSessions sessions, Link link) {
        this.session = session;
        this.sessions = sessions;
        this.link = link;
    }

    boolean isAround(HttpSession other) {
        return session == other;
    }

    @Override
    public SipApplicationSession getApplicationSession() {
        return getApplicationSession(true);
    }

    @Override
    public MobicentsSipApplicationSession getApplicationSession(boolean create) {
        synchronized (link) { // two requests of one HTTP session make one application session
            Optional<MobicentsSipApplicationSession> mine = link.id().flatMap(sessions::applicationSession);
            if (mine.isPresent() || !create) {
                return mine.orElse(null);
            }
            session.getCreationTime(); // throws IllegalStateException when this HTTP session has ended
            MobicentsSipApplicationSession made = (MobicentsSipApplicationSession)
                    sessions.application().sipFactory().createApplicationSession();
            link(made);
            return made.getFacade();
        }
    }

    /** Joins the application session of that id, and leaves the one it was in; nothing happens if there is none. */
    void join(String id) {
        synchronized (link) {
            Optional<MobicentsSipApplicationSession> wanted = sessions.applicationSession(id);
            if (wanted.isEmpty() || link.id().equals(Optional.of(id))) {
                return;
            }
            Optional<MobicentsSipApplicationSession> former = link.id().flatMap(sessions::applicationSession);
            link(wanted.get());
            former.ifPresent(left -> {
                left.removeHttpSession(this);
                sessions.endIfReady(left);
            });
        }
    }

    private void link(MobicentsSipApplicationSession joined) {
        joined.addHttpSession(this);
        link.join(joined.getId());
    }

    @Override
    public boolean isValidIntern() {
        return sessions.isAlive(session.getId());
    }

    @Override
    public String encodeURL(String url) {
        return sessions.rewritten(url, session.getId());
    }

    @Override
    public String encodeURL(String relativePath, String scheme) {
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("the scheme must be http or https, not '" + scheme + "'");
        }
        Origin origin = link.origin()
                .orElseThrow(() -> new IllegalStateException("no request of this session has come to this server"));
        String slash = relativePath.startsWith("/") ? "" : "/";
        return encodeURL(origin.authority(scheme) + sessions.contextPath() + slash + relativePath);
    }

    @Override
    public void invalidate() {
        session.invalidate();
    }

    @Override
    public long getCreationTime() {
        return session.getCreationTime();
    }

    @Override
    public String getId() {
        return session.getId();
    }

    @Override
    public long getLastAccessedTime() {
        return session.getLastAccessedTime();
    }

    @Override
    public ServletContext getServletContext() {
        return session.getServletContext();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        session.setMaxInactiveInterval(seconds);
    }

    @Override
    public int getMaxInactiveInterval() {
        return session.getMaxInactiveInterval();
    }

    @Override
    public Object getAttribute(String name) {
        return session.getAttribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return session.getAttributeNames();
    }

    @Override
    public void setAttribute(String name, Object value) {
        session.setAttribute(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        session.removeAttribute(name);
    }

    @Override
    public boolean isNew() {
        return session.isNew();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConvergedSession converged && converged.link == link;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(link);
    }

    @Override
    public String toString() {
        return "HTTP session " + session.getId();
    }
}
