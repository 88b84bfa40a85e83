// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.plan;

import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;

/** Marks each application session that is made. Declared by sip.xml alone. */
public class Births implements SipApplicationSessionListener {
    @Override
    public void sessionCreated(SipApplicationSessionEvent event) {
        event.getApplicationSession().setAttribute("created by", "listener");
    }

    @Override
    public void sessionDestroyed(SipApplicationSessionEvent event) {
        // only births count
    }

    @Override
    public void sessionExpired(SipApplicationSessionEvent event) {
        // only births count
    }

    @Override
    public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
        // only births count
    }
}
