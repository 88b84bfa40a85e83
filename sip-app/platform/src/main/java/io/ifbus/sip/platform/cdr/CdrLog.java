// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Messages of the store of call detail records. */
@MessageLogger(projectCode = "IFSIP", length = 4)
@ValidIdRange(min = 2180, max = 2199)
interface CdrLog extends BasicLogger {

    CdrLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), CdrLog.class, "io.ifbus.sip.platform");

    @LogMessage(level = ERROR)
    @Message(id = 2180, value = "Call detail records cannot be written; they wait, and calls go on")
    void storeBroke(@Cause Throwable cause);

    @LogMessage(level = INFO)
    @Message(id = 2181, value = "Call detail records are written again")
    void storeWorksAgain();

    @LogMessage(level = ERROR)
    @Message(id = 2182, value = "Call detail records are lost: %d wait already")
    void queueFull(int capacity);

    @LogMessage(level = WARN)
    @Message(id = 2183, value = "Call detail records are no longer lost; %d were")
    void queueHasRoom(long lost);

    @LogMessage(level = ERROR)
    @Message(id = 2184, value = "A call detail record that cannot be stored is lost")
    void recordRefused(@Cause Throwable cause);

    @LogMessage(level = ERROR)
    @Message(id = 2185, value = "Call detail records that waited at the stop are lost: %d")
    void lostAtStop(int records);

    @LogMessage(level = ERROR)
    @Message(
            id = 2186,
            value = "The store of call detail records is damaged; it is set aside as %s and a new one begun")
    void setAside(Path damaged, @Cause Throwable cause);

    @LogMessage(level = ERROR)
    @Message(id = 2187, value = "Call detail records cannot be read")
    void cannotRead(@Cause Throwable cause);

    @LogMessage(level = INFO)
    @Message(id = 2188, value = "Call detail records are read again")
    void readsAgain();
}
