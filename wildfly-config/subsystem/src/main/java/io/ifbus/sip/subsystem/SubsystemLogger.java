// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.lang.invoke.MethodHandles;
import java.net.InetSocketAddress;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.msc.service.StartException;

/** What is said about the management model. Ids 120 to 149; those below belong to deployments. */
@MessageLogger(projectCode = "IFSIP", length = 4)
interface SubsystemLogger extends BasicLogger {
    SubsystemLogger LOG =
            Logger.getMessageLogger(MethodHandles.lookup(), SubsystemLogger.class, "io.ifbus.sip.subsystem");

    @Message(id = 120, value = "%s")
    StartException connectorNotOpen(String reason);

    @Message(id = 121, value = "SIP connector '%s' cannot use its ssl-context: %s")
    StartException unusableSslContext(String connector, String reason, @Cause Throwable cause);

    @Message(
            id = 122,
            value = "SIP connector '%s': the ssl-context leaves no %s; look at its protocols, cipher-suite-filter and"
                    + " cipher-suite-names")
    StartException nothingLeft(String connector, String what);

    @Message(id = 123, value = "SIP applications wait for connectors that are not open: %s")
    StartException connectorsMissing(String names);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 124, value = "SIP connector %s is closed")
    void connectorClosed(String connector);

    @Message(id = 125, value = "SIP connector '%s' cannot listen on %s %s: connector '%s' does")
    StartException addressOfAnother(String connector, String transport, InetSocketAddress address, String other);

    @Message(id = 126, value = "The SIP server does not start: %s")
    StartException serverNotStarted(String reason, @Cause Throwable cause);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 127, value = "SIP is suspended: new calls are answered 503, %d dialogs go on")
    void suspended(int dialogs);

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 128, value = "SIP is suspended and its last dialog has ended")
    void drained();

    @LogMessage(level = Logger.Level.INFO)
    @Message(id = 129, value = "SIP takes new calls again")
    void resumed();

    @Message(id = 130, value = "%s: '%s' is no IP address")
    OperationFailedException noAddress(String attribute, String value);
}
