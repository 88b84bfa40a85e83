// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.ApplicationEnvironment.Setup;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.as.server.deployment.SetupAction;

/** Makes a thread one of the application's, step by step, and undoes the steps in the opposite order. */
final class ThreadSetup {
    private final String application;
    private final ClassLoader loader;
    private final List<SetupAction> actions;
    private final Instance<RequestContextController> requestContexts;
    private final ThreadLocal<ThreadSetup> inside = new ThreadLocal<>();

    /**
     * @param actions the first to run first
     * @param beans null when the deployment has no CDI
     */
    ThreadSetup(String application, ClassLoader loader, List<SetupAction> actions, BeanManager beans) {
        this.application = application;
        this.loader = loader;
        this.actions = List.copyOf(actions);
        this.requestContexts = beans == null ? null : beans.createInstance().select(RequestContextController.class);
    }

    /** A thread that is inside already, say in a listener called from a servlet, needs its class loader set and no more. */
    Setup enter() {
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            Thread thread = Thread.currentThread();
            ClassLoader previous = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            undo.push(() -> thread.setContextClassLoader(previous));
            if (inside.get() != null) {
                return () -> undoAll(undo);
            }
            inside.set(this);
            undo.push(inside::remove);
            Map<String, Object> properties = new HashMap<>();
            for (SetupAction action : actions) {
                action.setup(properties);
                undo.push(() -> action.teardown(properties));
            }
            if (requestContexts != null) {
                undo.push(requestContext());
            }
        } catch (RuntimeException e) {
            undoAll(undo);
            throw e;
        }
        return () -> undoAll(undo);
    }

    /** A request scope for the time being, unless the thread has one. */
    private Runnable requestContext() {
        RequestContextController controller = requestContexts.get();
        boolean activated = controller.activate();
        return () -> {
            if (activated) {
                controller.deactivate();
            }
            requestContexts.destroy(controller);
        };
    }

    private void undoAll(Deque<Runnable> undo) {
        while (!undo.isEmpty()) {
            try {
                undo.pop().run();
            } catch (RuntimeException e) { // the other steps are undone all the same
                DeploymentLogger.LOG.teardownFailed(application, e);
            }
        }
    }
}
