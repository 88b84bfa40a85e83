// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.deployment.Applications;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jboss.as.controller.services.path.PathManager;

/** The server while it runs and what is deployed on it, for the metrics and for changes that take effect at once. Safe for use by any thread. */
final class RunningServer {
    private final Applications applications = new Applications();
    private volatile SipServer server;
    private volatile PathManager paths;
    private volatile Set<InetAddress> trustedPeers = Set.of();

    void started(SipServer started, PathManager ofServer, Set<InetAddress> trusted) {
        paths = ofServer;
        trustedPeers = Set.copyOf(trusted);
        server = started;
    }

    void stopped() {
        server = null;
    }

    /**
     * Routes new requests by {@code router} from now on.
     *
     * @return false while the server is not running
     * @throws IOException if its file cannot be read
     * @throws IllegalArgumentException if a line is not as it should be
     */
    boolean route(RouterAttributes router) throws IOException {
        SipServer current = server;
        if (current != null) {
            current.configureRouter(router.lines(paths));
        }
        return current != null;
    }

    /** Those of the server that was started last. */
    Set<InetAddress> trustedPeers() {
        return trustedPeers;
    }

    Applications applications() {
        return applications;
    }

    /** Empty while the server is not running. */
    Optional<SipServer> server() {
        return Optional.ofNullable(server);
    }

    /** 0 while the server is not running. */
    int read(ToIntFunction<SipServer> value) {
        SipServer current = server;
        return current == null ? 0 : value.applyAsInt(current);
    }
}
