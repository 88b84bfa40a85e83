// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.container.SipServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sip.SipException;
import org.jboss.as.controller.services.path.PathManager;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StartException;
import org.jboss.msc.service.StopContext;

/**
 * The server, from boot to shutdown. Its start fails with the reason, in words, when the settings make no sense.
 *
 * <p>It is suspended and resumed with WildFly, from before its first connector opens: while WildFly boots, new calls are
 * answered 503.
 */
final class SipServerService implements Service {
    /** What the server is made of. */
    record Configuration(
            Function<Map<String, String>, SipServerSettings> settings,
            RouterAttributes router,
            Set<InetAddress> trustedPeers,
            int retryAfterSeconds) {}

    /** What the service needs of others. */
    record Needs(
            Supplier<PathManager> paths,
            Supplier<SuspendableActivityRegistry> activities,
            Supplier<ExecutorService> executor) {}

    private final Configuration configuration;
    private final Needs needs;
    private final Consumer<SipServer> provided;
    private final RunningServer running;
    private volatile SipServer server;
    private volatile SipSuspension suspension;

    SipServerService(Configuration configuration, Needs needs, Consumer<SipServer> provided, RunningServer running) {
        this.configuration = configuration;
        this.needs = needs;
        this.provided = provided;
        this.running = running;
    }

    @Override
    public void start(StartContext context) throws StartException {
        try {
            SipServer started = SipServer.start(configuration
                    .settings()
                    .apply(configuration.router().lines(needs.paths().get())));
            server = started;
            suspension = new SipSuspension(
                    signaling(started),
                    configuration.retryAfterSeconds(),
                    needs.executor().get());
            needs.activities().get().registerActivity(suspension);
            running.started(started, needs.paths().get(), configuration.trustedPeers());
            provided.accept(started);
        } catch (SipException | IOException | IllegalArgumentException e) {
            throw SubsystemLogger.LOG.serverNotStarted(e.getMessage(), e);
        }
    }

    private static SipSuspension.Signaling signaling(SipServer server) {
        return new SipSuspension.Signaling() {
            @Override
            public void suspend(int retryAfterSeconds) {
                server.suspend(retryAfterSeconds);
            }

            @Override
            public void resume() {
                server.resume();
            }

            @Override
            public int dialogCount() {
                return server.dialogCount();
            }

            @Override
            public boolean isWorking() {
                return server.queuedTasks() + server.busyWorkers() > 0;
            }
        };
    }

    @Override
    public void stop(StopContext context) {
        running.stopped();
        needs.activities().get().unregisterActivity(suspension);
        server.stop();
        server = null;
    }
}
