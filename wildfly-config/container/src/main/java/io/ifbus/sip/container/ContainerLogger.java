// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the container says. Ids 1 to 99. */
@MessageLogger(projectCode = "IFSIP", length = 4)
interface ContainerLogger extends BasicLogger {
    ContainerLogger LOG = Logger.getMessageLogger(
            java.lang.invoke.MethodHandles.lookup(), ContainerLogger.class, "io.ifbus.sip.container");

    @LogMessage(level = Level.INFO)
    @Message(id = 1, value = "SIP connector %s listens on %s %s:%d")
    void listening(String name, String transport, String address, int port);

    @LogMessage(level = Level.INFO)
    @Message(id = 2, value = "SIP application '%s' is in service: servlets %s")
    void applicationStarted(String name, Object servlets);

    @LogMessage(level = Level.INFO)
    @Message(id = 3, value = "SIP application '%s' is out of service")
    void applicationStopped(String name);

    @LogMessage(level = Level.ERROR)
    @Message(id = 4, value = "Work for a call failed; the call's other work goes on")
    void taskFailed(@Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 5, value = "A SIP socket: %s")
    void socketFailed(String message, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(
            id = 6,
            value = "Connector %s asked for a UDP receive buffer of %d bytes and was granted %d; "
                    + "raise net.core.rmem_max, or bursts will be lost")
    void smallBuffer(String connector, int asked, int granted);

    @LogMessage(level = Level.ERROR)
    @Message(id = 8, value = "SIP servlet '%s' failed on %s; the caller gets 500 unless it was answered")
    void servletFailed(String name, String message, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 9, value = "SIP application '%s' went out of service while %d of its sessions were still busy")
    void sessionsLeft(String name, int sessions);

    @LogMessage(level = Level.WARN)
    @Message(id = 10, value = "A part of the SIP server did not stop in good order; the others stop all the same")
    void stopFailed(@Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 7, value = "SIP servlet '%s' failed to stop")
    void servletDestroyFailed(String name, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 11, value = "SIP servlet '%s' is unavailable: %s; its requests get 503")
    void servletUnavailable(String name, String howLong, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 12, value = "A SIP request could not be given to an application: %s; its sender gets 500")
    void requestFailed(String method, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 13, value = "The application router keeps its configuration: %s")
    void routerFileRefused(String why);

    @LogMessage(level = Level.WARN)
    @Message(id = 14, value = "Refused at the socket from %s: %s; %d more of that kind since it was last said")
    void rejected(Object peer, String reason, long suppressed);
}
