// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.Optional;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.session.SipListenersHolder;

/** One application's listeners: a servlet that is one is used as such, the others are made. */
final class Listeners extends SipListenersHolder {
    private final ApplicationEnvironment environment;
    private final Servlets servlets;
    private final List<ApplicationEnvironment.Instance> made = new ArrayList<>();

    Listeners(SipContext application, Servlets servlets, ApplicationEnvironment environment) {
        super(application);
        this.servlets = servlets;
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
        Optional<ServletHolder> servlet = servlets.ofClass(className);
        if (servlet.isPresent()) { // JSR 289 section 18.2.5: a servlet that is a listener is one object
            return (EventListener) servlet.get().servlet();
        }
        ApplicationEnvironment.Instance instance = environment.instantiate(type);
        made.add(instance);
        return (EventListener) instance.object();
    }

    /** Lets go of them, so that nothing holds the application's classes. */
    void release() {
        for (ApplicationEnvironment.Instance instance : made) {
            try {
                instance.release();
            } catch (RuntimeException e) {
                ContainerLogger.LOG.stopFailed(e);
            }
        }
        made.clear();
        clean();
    }
}
