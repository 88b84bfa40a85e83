// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.core.StackLogger;
import io.ifbus.sip.transport.SparseReports;
import java.time.InstantSource;
import java.util.Properties;
import org.jboss.logging.Logger;

/**
 * The SIP stack's log on the server's: its errors are warnings here (they are the peers' more often than ours) and cut
 * to their first line, because what follows may be a message; all the rest is TRACE. Made by the stack by its name.
 */
public final class StackLog implements StackLogger {
    private static final Logger LOG = Logger.getLogger("io.ifbus.sip.stack");

    private final SparseReports errors = new SparseReports(InstantSource.system());
    private final SparseReports exceptions = new SparseReports(InstantSource.system());

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }

    @Override
    public boolean isLoggingEnabled() {
        return true;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= TRACE_ERROR || LOG.isTraceEnabled();
    }

    @Override
    public void logFatalError(String text) {
        LOG.error(firstLine(text));
    }

    @Override
    public void logError(String text) {
        warn(errors, text, null);
    }

    @Override
    public void logError(String text, Exception failure) {
        warn(errors, text, failure);
    }

    @Override
    public void logException(Throwable failure) {
        warn(exceptions, "The SIP stack met", failure);
    }

    /** Peers cause most of them, and may cause any number: one is told in ten seconds. */
    private static void warn(SparseReports reports, String text, Throwable failure) {
        reports.offer(suppressed ->
                LOG.warnf("%s: %s; %d more since it was last said", firstLine(text), failure, suppressed));
        LOG.trace(text, failure);
    }

    @Override
    public void logWarning(String text) {
        LOG.debug(firstLine(text));
    }

    @Override
    public void logInfo(String text) {
        LOG.trace(text);
    }

    @Override
    public void logDebug(String text) {
        LOG.trace(text);
    }

    @Override
    public void logDebug(String text, Exception failure) {
        LOG.trace(text, failure);
    }

    @Override
    public void logTrace(String text) {
        LOG.trace(text);
    }

    @Override
    public void logStackTrace() {
        logStackTrace(TRACE_DEBUG);
    }

    @Override
    public void logStackTrace(int level) {
        if (LOG.isTraceEnabled()) {
            LOG.trace("at", new Throwable("stack trace"));
        }
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void disableLogging() {
        // the server's logging configuration decides
    }

    @Override
    public void enableLogging() {
        // the server's logging configuration decides
    }

    @Override
    public void setBuildTimeStamp(String stamp) {
        LOG.tracef("SIP stack built %s", stamp);
    }

    @Override
    public void setStackProperties(Properties properties) {
        // nothing of it concerns the log
    }

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
