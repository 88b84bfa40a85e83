// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.webcall;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.annotation.SipListener;

/** Keeps book of the application sessions that have ended. */
@SipListener
@javax.servlet.sip.annotation.SipServlet
public class Caller extends SipServlet implements SipApplicationSessionListener {
    static final Set<String> ENDED = ConcurrentHashMap.newKeySet();

    @Override
    protected void doOptions(SipServletRequest request) throws IOException {
        request.createResponse(200).send();
        request.getApplicationSession().invalidate();
    }

    @Override
    public void sessionCreated(SipApplicationSessionEvent event) {
        // only ends count
    }

    @Override
    public void sessionDestroyed(SipApplicationSessionEvent event) {
        ENDED.add(event.getApplicationSession().getId());
    }

    @Override
    public void sessionExpired(SipApplicationSessionEvent event) {
        // only ends count
    }

    @Override
    public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
        // only ends count
    }
}
