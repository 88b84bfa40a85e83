// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.core.LogLevels;
import gov.nist.core.StackLogger;
import java.util.Properties;

/** Says nothing, but keeps the stack's message hook switched on. Public because the stack makes it by name. */
public final class QuietLog implements StackLogger {

    @Override
    public boolean isLoggingEnabled() {
        return false;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level == LogLevels.TRACE_MESSAGES;
    }

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int level) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable problem) {}

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception problem) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logFatalError(String message) {}

    @Override
    public void logError(String message) {}

    @Override
    public void logError(String message, Exception problem) {}

    @Override
    public void logWarning(String message) {}

    @Override
    public void logInfo(String message) {}

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String timeStamp) {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public String getLoggerName() {
        return "phone";
    }
}
