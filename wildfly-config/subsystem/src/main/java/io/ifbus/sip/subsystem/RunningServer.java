// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.deployment.Applications;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** The server while it runs and what is deployed on it, for the metrics. Safe for use by any thread. */
final class RunningServer implements Consumer<SipServer> {
    private final Applications applications = new Applications();
    private volatile SipServer server;

    /** Told when the server has started, and with null when it has stopped. */
    @Override
    public void accept(SipServer started) {
        server = started;
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
