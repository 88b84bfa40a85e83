// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** The listener of the tests: notes every event that the container reports. */
public final class Recorder
        implements TimerListener,
                SipErrorListener,
                SipServletListener,
                SipSessionListener,
                SipSessionAttributeListener,
                SipApplicationSessionListener,
                SipApplicationSessionAttributeListener {
    /** An event with the name of the method that it came by; a timer is its own event. */
    record Seen(String what, Object event) {}

    private static final List<Seen> SEEN = new CopyOnWriteArrayList<>();

    /** What must be done inside a notification, by its name; null when nothing. */
    static volatile java.util.function.Consumer<Seen> during = seen -> {};

    static List<Seen> seen(String what) {
        return SEEN.stream().filter(seen -> seen.what().equals(what)).toList();
    }

    private static void note(String what, Object event) {
        Seen seen = new Seen(what, event);
        during.accept(seen);
        SEEN.add(seen);
    }

    @Override
    public void timeout(ServletTimer timer) {
        note("timeout", timer);
    }

    @Override
    public void noAckReceived(SipErrorEvent event) {
        note("noAckReceived", event);
    }

    @Override
    public void noPrackReceived(SipErrorEvent event) {
        note("noPrackReceived", event);
    }

    @Override
    public void servletInitialized(SipServletContextEvent event) {
        note("servletInitialized", event);
    }

    @Override
    public void sessionCreated(SipSessionEvent event) {
        note("sessionCreated", event);
    }

    @Override
    public void sessionDestroyed(SipSessionEvent event) {
        note("sessionDestroyed", event);
    }

    @Override
    public void sessionReadyToInvalidate(SipSessionEvent event) {
        note("sessionReadyToInvalidate", event);
    }

    @Override
    public void attributeAdded(SipSessionBindingEvent event) {
        note("attributeAdded", event);
    }

    @Override
    public void attributeRemoved(SipSessionBindingEvent event) {
        note("attributeRemoved", event);
    }

    @Override
    public void attributeReplaced(SipSessionBindingEvent event) {
        note("attributeReplaced", event);
    }

    @Override
    public void sessionCreated(SipApplicationSessionEvent event) {
        note("applicationSessionCreated", event);
    }

    @Override
    public void sessionDestroyed(SipApplicationSessionEvent event) {
        note("applicationSessionDestroyed", event);
    }

    @Override
    public void sessionExpired(SipApplicationSessionEvent event) {
        note("applicationSessionExpired", event);
    }

    @Override
    public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
        note("applicationSessionReadyToInvalidate", event);
    }

    @Override
    public void attributeAdded(SipApplicationSessionBindingEvent event) {
        note("applicationAttributeAdded", event);
    }

    @Override
    public void attributeRemoved(SipApplicationSessionBindingEvent event) {
        note("applicationAttributeRemoved", event);
    }

    @Override
    public void attributeReplaced(SipApplicationSessionBindingEvent event) {
        note("applicationAttributeReplaced", event);
    }
}
