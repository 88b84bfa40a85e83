// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import java.lang.invoke.MethodHandles;
import org.jboss.as.server.deployment.DeploymentUnitProcessingException;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.msc.service.StartException;

/** What is said about deployments. Ids 101 to 199; 101 and 103 are no longer used. */
@MessageLogger(projectCode = "IFSIP", length = 4)
interface DeploymentLogger extends BasicLogger {
    DeploymentLogger LOG =
            Logger.getMessageLogger(MethodHandles.lookup(), DeploymentLogger.class, "io.ifbus.sip.subsystem");

    @Message(id = 102, value = "%s: %s")
    DeploymentUnitProcessingException wrongApplication(String deployment, String reason, @Cause Throwable cause);

    @Message(id = 104, value = "SIP application '%s' does not start: %s")
    StartException notStarted(String application, String reason, @Cause Throwable cause);

    @Message(id = 105, value = "SIP application '%s' is not in service")
    IllegalStateException notInService(String application);

    @LogMessage(level = Logger.Level.ERROR)
    @Message(id = 106, value = "A thread of SIP application '%s' could not be cleaned up")
    void teardownFailed(String application, @Cause Throwable cause);

    @Message(
            id = 107,
            value = "%1$s: @Resource %2$s could be that of any of the SIP applications %3$s;"
                    + " name one by the lookup java:app/sip/<application>/%2$s")
    DeploymentUnitProcessingException severalApplications(String archive, String type, String applications);

    @Message(id = 108, value = "%s: %s and %s both hold a SIP application named '%s'; names are unique in the server")
    DeploymentUnitProcessingException sameName(String deployment, String first, String second, String name);
}
