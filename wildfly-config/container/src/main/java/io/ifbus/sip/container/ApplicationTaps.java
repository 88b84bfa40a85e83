// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.spi.MessageTap;
import io.ifbus.sip.spi.MessageTaps;
import java.util.HashSet;
import java.util.Set;

/** The taps of one application, which go when it goes. */
final class ApplicationTaps implements MessageTaps {
    private final SipServer server;
    private final String application;
    private final Set<MessageTap> taps = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    ApplicationTaps(SipServer server, String application) {
        this.server = server;
        this.application = application;
    }

    @Override
    public synchronized void add(MessageTap tap) {
        if (closed) {
            throw new IllegalStateException("SIP application '" + application + "' is not in service");
        }
        if (taps.add(tap)) {
            server.add(tap);
        }
    }

    @Override
    public synchronized void remove(MessageTap tap) {
        if (taps.remove(tap)) {
            server.remove(tap);
        }
    }

    synchronized void close() {
        closed = true;
        taps.forEach(server::remove);
        taps.clear();
    }
}
