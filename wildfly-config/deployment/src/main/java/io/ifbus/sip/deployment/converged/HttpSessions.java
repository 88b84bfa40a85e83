// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.converged;

import io.ifbus.sip.container.SipApplication;
import io.undertow.server.session.SessionManager;
import io.undertow.servlet.api.Deployment;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ThreadSetupHandler;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.servlet.spec.ServletContextImpl;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;

/**
 * The HTTP sessions of one SIP application, and which application session each belongs to. Safe for use by any thread.
 */
public final class HttpSessions {
    private final Supplier<IllegalStateException> notInService;
    private final Map<String, Link> links = new ConcurrentHashMap<>(); // by id of the HTTP session
    private volatile Running running;

    private record Running(SipApplication application, ServletContextImpl context, SessionEnds ends) {
        SessionManager manager() {
            return context.getDeployment().getSessionManager();
        }
    }

    /** @param notInService what applications get that ask before the SIP application runs, or after */
    public HttpSessions(Supplier<IllegalStateException> notInService) {
        this.notInService = notInService;
    }

    /** From now on the requests of the web application are converged ones, for its listeners and filters too. */
    public void addTo(DeploymentInfo web) {
        web.addThreadSetupAction(new ThreadSetupHandler() {
            @Override
            public <T, C> Action<T, C> create(Action<T, C> action) {
                return (exchange, context) -> {
                    if (context instanceof ServletRequestContext servlet) {
                        wrapRequest(servlet);
                    }
                    return action.call(exchange, context);
                };
            }
        });
    }

    private void wrapRequest(ServletRequestContext context) {
        if (context.getServletRequest() instanceof HttpServletRequest request
                && !ConvergedRequest.isAround(request, this)) {
            context.setServletRequest(new ConvergedRequest(request, context.getExchange(), this));
        }
    }

    public void started(SipApplication application, Deployment web) {
        SessionEnds ends = new SessionEnds(this);
        running = new Running(application, web.getServletContext(), ends);
        web.getSessionManager().registerSessionListener(ends);
    }

    /** From now on HTTP sessions are the web application's alone. */
    public void stopping() {
        Running before = running;
        running = null;
        links.clear();
        if (before != null) {
            before.manager().removeSessionListener(before.ends());
        }
    }

    /** The session of that id, or null. */
    public HttpSession find(String id) {
        Running now = running;
        return now == null || now.manager().getSession(id) == null
                ? null
                : converged(now.context().getSession(id), null);
    }

    /** @param origin where the client reached the server, or null for where it did so last */
    ConvergedSession converged(HttpSession session, Origin origin) {
        Link link = links.computeIfAbsent(session.getId(), id -> new Link());
        if (origin != null) {
            link.reachedAt(origin);
        }
        return new ConvergedSession(session, this, link);
    }

    boolean isAlive(String id) {
        Running now = running;
        return now != null && now.manager().getSession(id) != null;
    }

    SipApplication application() {
        return current().application();
    }

    /** With the id in it, in the way in which the web application tracks sessions by URL. */
    String rewritten(String url, String id) {
        return current().context().getSessionConfig().rewriteUrl(url, id);
    }

    String contextPath() {
        return current().context().getContextPath();
    }

    private Running current() {
        Running now = running;
        if (now == null) {
            throw notInService.get();
        }
        return now;
    }

    /** The application session of that id, or nothing if it is another application's or has ended. */
    Optional<MobicentsSipApplicationSession> applicationSession(String id) {
        Running now = running;
        return now == null ? Optional.empty() : ApplicationSessions.find(now.application(), id);
    }

    /** The HTTP session has ended: an application session that has waited for that may end, too. */
    void ended(String id) {
        Link link = links.remove(id);
        if (link != null) {
            link.id().flatMap(this::applicationSession).ifPresent(left -> {
                left.removeHttpSession(ApplicationSessions.named(id));
                endIfReady(left);
            });
        }
    }

    void endIfReady(MobicentsSipApplicationSession session) {
        Running now = running;
        if (now != null) {
            ApplicationSessions.endIfReady(now.application(), session);
        }
    }

    /** The HTTP session goes on by another id. */
    void renamed(String id, String formerId) {
        Link link = links.remove(formerId);
        if (link != null) {
            links.put(id, link);
            link.id().flatMap(this::applicationSession).ifPresent(joined -> {
                joined.addHttpSession(ApplicationSessions.named(id));
                joined.removeHttpSession(ApplicationSessions.named(formerId));
            });
        }
    }
}
