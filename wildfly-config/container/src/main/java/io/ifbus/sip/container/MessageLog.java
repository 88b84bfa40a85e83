// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/** The stack's own message log, switched off: messages are seen at the socket, by the taps. Made by its name. */
public final class MessageLog implements ServerLogger {
    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        // see the taps
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        // see the taps
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        // see the taps
    }

    @Override
    public void logException(Exception failure) {
        // the stack logs it on its other log as well
    }

    @Override
    public void setStackProperties(Properties properties) {
        // nothing to set
    }

    @Override
    public void setSipStack(SipStack stack) {
        // nothing to ask of it
    }

    @Override
    public void closeLogFile() {
        // there is none
    }
}
