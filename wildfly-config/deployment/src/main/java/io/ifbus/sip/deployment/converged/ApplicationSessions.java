// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.converged;

import io.ifbus.sip.container.SipApplication;
import io.ifbus.sip.spi.SerialExecution;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.text.ParseException;
import java.util.Optional;
import javax.servlet.sip.SipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.SessionManagerUtil;

/** What is asked of the engine about application sessions. */
final class ApplicationSessions {
    private ApplicationSessions() {}

    /** @param id may come from anybody: the engine is asked about ids of this application only, else it logs an error */
    static Optional<MobicentsSipApplicationSession> find(SipApplication application, String id) {
        try {
            String owner = SessionManagerUtil.parseSipApplicationSessionKey(id).getApplicationName();
            if (!application.getApplicationName().equals(owner)) {
                return Optional.empty();
            }
        } catch (ParseException e) {
            return Optional.empty(); // no id of any session
        }
        SipApplicationSession session = application.sipSessionsUtil().getApplicationSessionById(id);
        return Optional.ofNullable((MobicentsSipApplicationSession) session).filter(SipApplicationSession::isValid);
    }

    /** On the session's queue, as all that ends it. */
    static void endIfReady(SipApplication application, MobicentsSipApplicationSession session) {
        SerialExecution queue = application.serialExecution();
        try {
            queue.execute(session, () -> {
                if (session.isValid() && session.isReadyToInvalidate()) {
                    session.tryToInvalidate();
                }
            });
        } catch (IllegalStateException e) {
            if (session.isValid()) {
                throw e;
            } // else it has ended meanwhile, which is what was wanted
        }
    }

    /** A session of which nothing but the id is asked. */
    static HttpSession named(String id) {
        return (HttpSession) Proxy.newProxyInstance(
                HttpSession.class.getClassLoader(), new Class<?>[] {HttpSession.class}, (self, method, args) -> {
                    if (method.getName().equals("getId")) {
                        return id;
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
