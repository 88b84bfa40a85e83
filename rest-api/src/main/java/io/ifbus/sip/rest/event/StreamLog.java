// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Messages of the event streams. */
@MessageLogger(projectCode = "IFSIP", length = 4)
@ValidIdRange(min = 3100, max = 3199)
interface StreamLog extends BasicLogger {

    StreamLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), StreamLog.class, "io.ifbus.sip.rest.event");

    @LogMessage(level = ERROR)
    @Message(id = 3100, value = "An event stream broke and was cut")
    void streamBroke(@Cause Throwable cause);

    @LogMessage(level = WARN)
    @Message(id = 3101, value = "An event stream was cut: its reader took nothing for four heartbeats")
    void readerStuck();

    @LogMessage(level = DEBUG)
    @Message(id = 3102, value = "The reader of an event stream is gone: %s")
    void readerGone(String why);

    @LogMessage(level = WARN)
    @Message(id = 3103, value = "The event streams did not end in time")
    void streamsDidNotEnd();
}
