// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.msc.Service;
import org.jboss.msc.service.LifecycleEvent;
import org.jboss.msc.service.LifecycleListener;
import org.jboss.msc.service.ServiceContainer;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StabilityMonitor;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;

/**
 * What applications wait for before they start: that all connectors are open. Once up it stays up, so that a connector
 * may go later on without taking the applications with it.
 *
 * <p>If a connector does not open, it fails, and starts anew as soon as a connector has been opened or removed.
 */
final class BootConnectors implements Service {
    private final Predicate<ServiceName> isConnector;
    private final Supplier<ExecutorService> executor;

    BootConnectors(Predicate<ServiceName> isConnector, Supplier<ExecutorService> executor) {
        this.isConnector = isConnector;
        this.executor = executor;
    }

    @Override
    public void start(StartContext context) {
        context.asynchronous();
        executor.get().execute(() -> {
            try {
                await(context);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                context.failed(SubsystemLogger.LOG.connectorsMissing(e.toString()));
            }
        });
    }

    /** Nothing but this monitor tells that a service cannot start because one that it needs has failed; WildFly uses it, too. */
    @SuppressWarnings("deprecation")
    private void await(StartContext context) throws InterruptedException {
        List<ServiceController<?>> connectors =
                connectors(context.getController().getServiceContainer());
        StabilityMonitor monitor = new StabilityMonitor();
        connectors.forEach(monitor::addController);
        Set<ServiceController<?>> failed = new HashSet<>();
        Set<ServiceController<?>> problem = new HashSet<>();
        try {
            monitor.awaitStability(failed, problem);
        } finally {
            monitor.clear();
        }
        failed.addAll(problem);
        if (failed.isEmpty()) {
            context.complete();
        } else {
            Retry retry = new Retry(context.getController());
            failed.forEach(connector -> connector.addListener(retry));
            context.failed(SubsystemLogger.LOG.connectorsMissing(failed.stream()
                    .flatMap(connector -> connector.provides().stream())
                    .map(ServiceName::getCanonicalName)
                    .sorted()
                    .collect(Collectors.joining(", "))));
        }
    }

    private List<ServiceController<?>> connectors(ServiceContainer container) {
        return container.getServiceNames().stream()
                .filter(isConnector)
                .<ServiceController<?>>map(container::getService)
                .filter(Objects::nonNull) // removed just now
                .toList();
    }

    @Override
    public void stop(StopContext context) {
        // nothing is held
    }

    /** Looks again when one of the connectors that were missing has come or gone. */
    private record Retry(ServiceController<?> waiting) implements LifecycleListener {
        @Override
        public void handleEvent(ServiceController<?> connector, LifecycleEvent event) {
            if (event == LifecycleEvent.UP || event == LifecycleEvent.REMOVED) {
                connector.removeListener(this);
                waiting.retry();
            }
        }
    }
}
