// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.container.SipServerSettings;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sip.SipException;
import org.jboss.as.controller.services.path.PathManager;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StartException;
import org.jboss.msc.service.StopContext;

/** The server, from boot to shutdown. Its start fails with the reason, in words, when the settings make no sense. */
final class SipServerService implements Service {
    private final Function<Map<String, String>, SipServerSettings> settings;
    private final RouterAttributes router;
    private final Supplier<PathManager> paths;
    private final Consumer<SipServer> provided;
    private final RunningServer running;
    private volatile SipServer server;

    SipServerService(
            Function<Map<String, String>, SipServerSettings> settings,
            RouterAttributes router,
            Supplier<PathManager> paths,
            Consumer<SipServer> provided,
            RunningServer running) {
        this.settings = settings;
        this.router = router;
        this.paths = paths;
        this.provided = provided;
        this.running = running;
    }

    @Override
    public void start(StartContext context) throws StartException {
        try {
            SipServer started = SipServer.start(settings.apply(router.lines(paths.get())));
            server = started;
            running.accept(started);
            provided.accept(started);
        } catch (SipException | IOException | IllegalArgumentException e) {
            throw SubsystemLogger.LOG.serverNotStarted(e.getMessage(), e);
        }
    }

    @Override
    public void stop(StopContext context) {
        running.accept(null);
        server.stop();
        server = null;
    }
}
