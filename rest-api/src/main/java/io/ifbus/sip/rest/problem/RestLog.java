// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.problem;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.ERROR;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Messages of the REST API. */
@MessageLogger(projectCode = "IFSIP", length = 4)
@ValidIdRange(min = 3000, max = 3099)
interface RestLog extends BasicLogger {

    RestLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RestLog.class, "io.ifbus.sip.rest");

    @LogMessage(level = ERROR)
    @Message(id = 3000, value = "A request broke: internal-error")
    void requestBroke(@Cause Throwable cause);

    @LogMessage(level = DEBUG)
    @Message(id = 3001, value = "A request was refused: %d %s, field %s")
    void requestRefused(int status, String type, String field);
}
