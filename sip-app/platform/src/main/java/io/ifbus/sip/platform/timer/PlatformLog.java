// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.timer;

import static org.jboss.logging.Logger.Level.ERROR;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Messages of the platform adapters. */
@MessageLogger(projectCode = "IFSIP", length = 4)
@ValidIdRange(min = 2000, max = 2099)
interface PlatformLog extends BasicLogger {

    PlatformLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), PlatformLog.class, "io.ifbus.sip.platform");

    @LogMessage(level = ERROR)
    @Message(id = 2000, value = "A timer's task broke")
    void timerTaskBroke(@Cause Throwable cause);
}
