// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.Collections;
import java.util.Iterator;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.URI;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.SipApplicationSessionImpl;
import org.mobicents.servlet.sip.core.session.SipApplicationSessionKey;

/** The engine's application session, with JSR 289 section 6.1 where the engine departs from it. */
final class CallApplicationSession extends SipApplicationSessionImpl {
    private boolean hadCalls;

    CallApplicationSession(SipApplicationSessionKey key, SipContext application) {
        super(key, application);
    }

    @Override
    public Iterator<?> getSessions(String protocol) {
        boolean known = protocol == null || protocol.equalsIgnoreCase("SIP") || protocol.equalsIgnoreCase("HTTP");
        return known || !isValid() ? super.getSessions(protocol) : Collections.emptyIterator();
    }

    /** The engine does not look again when the last timer ends after the last call. */
    @Override
    public void removeServletTimer(ServletTimer timer, boolean update) {
        super.removeServletTimer(timer, update);
        if (update && hadCalls) {
            sipContext.getSipApplicationDispatcher().getAsynchronousExecutor().execute(this::endIfReady);
        }
    }

    /** Behind the work that ended the timer, which may begin something new. */
    private void endIfReady() {
        sipContext.enterSipApp(this, null, false, true);
        try {
            if (isValidInternal() && isReadyToInvalidate()) {
                tryToInvalidate();
            }
        } finally {
            sipContext.exitSipApp(this, null);
        }
    }

    @Override
    public boolean addSipSession(MobicentsSipSession session) {
        hadCalls = true;
        return super.addSipSession(session);
    }

    @Override
    public void encodeURI(URI uri) {
        if (!isValid()) {
            throw new IllegalStateException("the application session has been invalidated");
        }
        super.encodeURI(uri);
    }
}
