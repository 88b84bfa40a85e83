// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears which messages the platform logs, by their ids, until it is closed; keeps them off the console. */
final class LoggedIds extends Handler {

    private static final Logger LOG = Logger.getLogger("io.ifbus.sip.platform");

    private final Queue<String> ids = new ConcurrentLinkedQueue<>();

    LoggedIds() {
        LOG.addHandler(this);
        LOG.setUseParentHandlers(false);
    }

    /** In the order in which they were logged. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    @Override
    public void publish(LogRecord entry) {
        ids.add(entry.getMessage().substring(0, "IFSIP2180".length()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOG.removeHandler(this);
        LOG.setUseParentHandlers(true);
    }
}
