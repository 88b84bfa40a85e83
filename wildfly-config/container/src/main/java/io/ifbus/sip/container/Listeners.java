// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import org.mobicents.servlet.sip.core.MobicentsSipServlet;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.session.SipListenersHolder;

/** One application's listeners: a servlet that is one is used as such, the others are made. */
final class Listeners extends SipListenersHolder {
    private final ApplicationEnvironment environment;
    private final List<ApplicationEnvironment.Instance> made = new ArrayList<>();

    Listeners(SipContext application, ApplicationEnvironment environment) {
        super(application);
        this.environment = environment;
    }

    /**
     * Makes and files the listeners.
     *
     * @throws IllegalStateException if one cannot be made; those made before stay until {@link #release}
     */
    @Override
    public boolean loadListeners(String[] classNames, ClassLoader loader) {
        for (String className : classNames) {
            try {
                addListenerToBunch(listener(className, loader.loadClass(className)));
            } catch (Exception e) {
                throw new IllegalStateException("SIP listener " + className + " could not be made", e);
            }
        }
        return true;
    }

    private EventListener listener(String className, Class<?> type) throws Exception {
        MobicentsSipServlet servlet = sipContext.findSipServletByClassName(className);
        if (servlet != null) { // JSR 289 section 18.2.5: a servlet that is a listener is one object
            EventListener listener = (EventListener) ((ServletHolder) servlet).servlet();
            listenerServlets.put(listener, servlet);
            return listener;
        }
        ApplicationEnvironment.Instance instance = environment.instantiate(type);
        made.add(instance);
        return (EventListener) instance.object();
    }

    void release() {
        made.forEach(ApplicationEnvironment.Instance::release);
        made.clear();
    }
}
