// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the container says about who may call. Ids 70 to 79. */
@MessageLogger(projectCode = "IFSIP", length = 4)
interface SecurityLogger extends BasicLogger {
    SecurityLogger LOG = Logger.getMessageLogger(
            java.lang.invoke.MethodHandles.lookup(), SecurityLogger.class, "io.ifbus.sip.container.security");

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 70,
            value = "SIP application '%s' wants callers to log in, but has no user database: "
                    + "its protected servlets answer 403")
    void noUsers(String application);

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 71,
            value = "SIP application '%s' wants callers to log in by %s, which is not supported: "
                    + "its protected servlets answer 403")
    void unsupportedLogin(String application, String method);

    @LogMessage(level = Level.ERROR)
    @Message(id = 72, value = "The users of SIP application '%s' cannot be asked; the caller gets 503")
    void usersUnavailable(String application, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(
            id = 73,
            value = "SIP application '%s' wants callers to log in by BASIC, which SIP forbids: they do so by DIGEST")
    void basicIsDigest(String application);

    @LogMessage(level = Level.ERROR)
    @Message(id = 74, value = "SIP application '%s': the answer to a caller who must log in could not be sent")
    void answerFailed(String application, @Cause Throwable cause);
}
