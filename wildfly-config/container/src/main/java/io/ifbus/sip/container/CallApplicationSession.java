// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.Collections;
import java.util.Iterator;
import javax.servlet.sip.URI;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.session.SipApplicationSessionImpl;
import org.mobicents.servlet.sip.core.session.SipApplicationSessionKey;

/** The engine's application session, with JSR 289 section 6.1 where the engine departs from it. */
final class CallApplicationSession extends SipApplicationSessionImpl {
    CallApplicationSession(SipApplicationSessionKey key, SipContext application) {
        super(key, application);
    }

    @Override
    public Iterator<?> getSessions(String protocol) {
        boolean known = protocol == null || protocol.equalsIgnoreCase("SIP") || protocol.equalsIgnoreCase("HTTP");
        return known || !isValid() ? super.getSessions(protocol) : Collections.emptyIterator();
    }

    @Override
    public void encodeURI(URI uri) {
        if (!isValid()) {
            throw new IllegalStateException("the application session has been invalidated");
        }
        super.encodeURI(uri);
    }
}
