// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.msc.Service;
import org.jboss.msc.service.ServiceBuilder;
import org.jboss.msc.service.ServiceContainer;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceController.State;
import org.jboss.msc.service.ServiceName;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StartException;
import org.jboss.msc.service.StopContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What applications wait for. */
final class BootConnectorsTest {
    private static final ServiceName CONNECTOR = ServiceName.of("connector");
    private static final Service OPEN = new Service() {
        @Override
        public void start(StartContext context) {}

        @Override
        public void stop(StopContext context) {}
    };

    private final ServiceContainer container = ServiceContainer.Factory.create();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        container.shutdown();
        container.awaitTermination();
        executor.shutdownNow();
    }

    @Test
    void withoutConnectorsNothingIsWaitedFor() {
        becomes(waiting(), State.UP);
    }

    @Test
    void aConnectorThatOpensSlowlyIsWaitedFor() {
        CompletableFuture<Void> socket = new CompletableFuture<>();
        connector("slow", new Service() {
            @Override
            public void start(StartContext context) {
                context.asynchronous();
                socket.thenRun(context::complete);
            }

            @Override
            public void stop(StopContext context) {}
        });
        ServiceController<?> waiting = waiting();
        becomes(waiting, State.STARTING);

        socket.complete(null);

        becomes(waiting, State.UP);
    }

    @Test
    void aConnectorThatDoesNotOpenIsNamed() {
        connector("udp", OPEN);
        connector("taken", failing());
        ServiceController<?> waiting = waiting();

        becomes(waiting, State.START_FAILED);
        assertThat(waiting.getStartException())
                .hasMessageEndingWith("SIP applications wait for connectors that are not open: connector.taken");
    }

    @Test
    void aConnectorThatCannotStartForWantOfAnotherServiceIsNamed() {
        connector("tls", OPEN, ServiceName.of("ssl-context"));
        ServiceController<?> waiting = waiting();

        becomes(waiting, State.START_FAILED);
        assertThat(waiting.getStartException()).hasMessageEndingWith("not open: connector.tls");
    }

    @Test
    void itIsUpWhenTheConnectorThatFailedIsRemoved() {
        ServiceController<?> taken = connector("taken", failing());
        ServiceController<?> waiting = waiting();
        becomes(waiting, State.START_FAILED);

        taken.setMode(ServiceController.Mode.REMOVE);

        becomes(waiting, State.UP);
    }

    @Test
    void itIsUpWhenTheConnectorOpensAfterAll() {
        connector("tls", OPEN, ServiceName.of("ssl-context"));
        ServiceController<?> waiting = waiting();
        becomes(waiting, State.START_FAILED);

        install(ServiceName.of("ssl-context"), OPEN);

        becomes(waiting, State.UP);
    }

    @Test
    void itStaysUpWithoutItsConnectors() {
        ServiceController<?> udp = connector("udp", OPEN);
        ServiceController<?> waiting = waiting();
        becomes(waiting, State.UP);

        udp.setMode(ServiceController.Mode.REMOVE);
        becomes(udp, State.REMOVED);

        assertThat(waiting.getState()).isEqualTo(State.UP);
    }

    private ServiceController<?> waiting() {
        return install(ServiceName.of("connectors"), new BootConnectors(CONNECTOR::isParentOf, () -> executor));
    }

    private ServiceController<?> connector(String name, Service service, ServiceName... needs) {
        return install(CONNECTOR.append(name), service, needs);
    }

    private ServiceController<?> install(ServiceName name, Service service, ServiceName... needs) {
        ServiceBuilder<?> builder = container.addService();
        builder.provides(name);
        for (ServiceName need : needs) {
            builder.requires(need);
        }
        return builder.setInstance(service).install();
    }

    private static Service failing() {
        return new Service() {
            @Override
            public void start(StartContext context) throws StartException {
                throw new StartException("Address already in use");
            }

            @Override
            public void stop(StopContext context) {}
        };
    }

    private static void becomes(ServiceController<?> service, State state) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(service.getState()).isEqualTo(state));
    }
}
