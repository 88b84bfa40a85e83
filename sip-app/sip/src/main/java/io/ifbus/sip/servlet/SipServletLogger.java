// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the SIP servlets say. Ids 200 to 299. */
@MessageLogger(projectCode = "IFSIP", length = 4)
interface SipServletLogger extends BasicLogger {
    SipServletLogger LOG =
            Logger.getMessageLogger(MethodHandles.lookup(), SipServletLogger.class, "io.ifbus.sip.servlet");

    @LogMessage(level = Level.INFO)
    @Message(id = 200, value = "Calls can be made and received")
    void bound();

    @LogMessage(level = Level.INFO)
    @Message(id = 201, value = "Calls can no longer be made or received")
    void unbound();

    @LogMessage(level = Level.DEBUG)
    @Message(id = 202, value = "%s: %s could not be sent")
    void notSent(Object call, String action, @Cause Throwable cause);

    @LogMessage(level = Level.DEBUG)
    @Message(id = 203, value = "A 2xx that nobody waits for could not be ended")
    void notDisowned(@Cause Throwable cause);
}
