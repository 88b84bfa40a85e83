// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.time.Instant;
import java.util.Properties;
import javax.sip.SipStack;

/** Notes each message that leaves, retransmissions included. Public because the stack makes it by name. */
public final class SentMessages implements ServerLogger {

    private String stackName = "";

    @Override
    public void setSipStack(SipStack stack) {
        stackName = stack.getStackName();
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        if (sender) Trace.sent(stackName, message, to, Instant.ofEpochMilli(time));
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        logMessage(message, from, to, sender, time);
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        logMessage(message, from, to, sender, System.currentTimeMillis());
    }

    @Override
    public void logException(Exception problem) {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public void closeLogFile() {}
}
