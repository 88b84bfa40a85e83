// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.guard;

import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Messages of the guards. */
@MessageLogger(projectCode = "IFSIP", length = 4)
@ValidIdRange(min = 2050, max = 2059)
interface GuardLog extends BasicLogger {

    GuardLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), GuardLog.class, "io.ifbus.sip.platform.guard");

    @LogMessage(level = WARN)
    @Message(id = 2050, value = "The guard of %s is open, it was %s: no call goes there")
    void opened(String host, String from);

    @LogMessage(level = INFO)
    @Message(id = 2051, value = "The guard of %s was %s and is %s")
    void changed(String host, String from, String to);

    @LogMessage(level = ERROR)
    @Message(id = 2052, value = "What listens to changes of guards broke; the guard works all the same")
    void listenerBroke(@Cause Throwable cause);
}
