// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSessionAttributeListener;
import javax.servlet.sip.SipApplicationSessionBindingEvent;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipErrorListener;
import javax.servlet.sip.SipServletContextEvent;
import javax.servlet.sip.SipServletListener;
import javax.servlet.sip.SipSessionAttributeListener;
import javax.servlet.sip.SipSessionBindingEvent;
import javax.servlet.sip.SipSessionEvent;
import javax.servlet.sip.SipSessionListener;
import javax.servlet.sip.TimerListener;

/** Tells the {@link Script} what happens to timers and sessions. Hooks of application sessions begin with "app". */
public final class Observer
        implements TimerListener,
                SipErrorListener,
                SipServletListener,
                SipSessionListener,
                SipApplicationSessionListener,
                SipSessionAttributeListener,
                SipApplicationSessionAttributeListener {

    private void play(String hook, Object subject) {
        try {
            Attendant.script.play(hook, "Observer" + System.identityHashCode(this), subject);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void timeout(ServletTimer event) {
        play("timeout", event);
    }

    @Override
    public void noAckReceived(SipErrorEvent event) {
        play("noAckReceived", event);
    }

    @Override
    public void noPrackReceived(SipErrorEvent event) {
        play("noPrackReceived", event);
    }

    @Override
    public void servletInitialized(SipServletContextEvent event) {
        play("servletInitialized", event);
    }

    @Override
    public void sessionCreated(SipSessionEvent event) {
        play("sessionCreated", event);
    }

    @Override
    public void sessionDestroyed(SipSessionEvent event) {
        play("sessionDestroyed", event);
    }

    @Override
    public void sessionReadyToInvalidate(SipSessionEvent event) {
        play("sessionReadyToInvalidate", event);
    }

    @Override
    public void sessionCreated(SipApplicationSessionEvent event) {
        play("appSessionCreated", event);
    }

    @Override
    public void sessionDestroyed(SipApplicationSessionEvent event) {
        play("appSessionDestroyed", event);
    }

    @Override
    public void sessionExpired(SipApplicationSessionEvent event) {
        play("appSessionExpired", event);
    }

    @Override
    public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
        play("appSessionReadyToInvalidate", event);
    }

    @Override
    public void attributeAdded(SipSessionBindingEvent event) {
        play("attributeAdded", event);
    }

    @Override
    public void attributeReplaced(SipSessionBindingEvent event) {
        play("attributeReplaced", event);
    }

    @Override
    public void attributeRemoved(SipSessionBindingEvent event) {
        play("attributeRemoved", event);
    }

    @Override
    public void attributeAdded(SipApplicationSessionBindingEvent event) {
        play("appAttributeAdded", event);
    }

    @Override
    public void attributeReplaced(SipApplicationSessionBindingEvent event) {
        play("appAttributeReplaced", event);
    }

    @Override
    public void attributeRemoved(SipApplicationSessionBindingEvent event) {
        play("appAttributeRemoved", event);
    }
}
