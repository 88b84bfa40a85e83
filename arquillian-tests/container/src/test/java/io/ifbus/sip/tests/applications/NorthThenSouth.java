// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import java.io.IOException;
import org.jboss.as.arquillian.api.ReloadIfRequired;
import org.jboss.as.arquillian.api.ServerSetupTask;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/** The default application router's line for MESSAGE: north first, then south. The server is reloaded for it. */
@ReloadIfRequired
public final class NorthThenSouth implements ServerSetupTask {
    private static final ModelNode SUBSYSTEM = Operations.createAddress("subsystem", "sip");
    private static final String ROUTES = "(\"north\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\"), "
            + "(\"south\", \"DAR:To\", \"TERMINATING\", \"\", \"NO_ROUTE\", \"1\")";

    @Override
    public void setup(ManagementClient client, String container) throws IOException {
        ModelNode routes = new ModelNode();
        routes.get("MESSAGE").set(ROUTES);
        execute(client, Operations.createWriteAttributeOperation(SUBSYSTEM, "application-router", routes));
    }

    @Override
    public void tearDown(ManagementClient client, String container) throws IOException {
        execute(client, Operations.createUndefineAttributeOperation(SUBSYSTEM, "application-router"));
    }

    private static void execute(ManagementClient client, ModelNode operation) throws IOException {
        ModelNode answer = client.getControllerClient().execute(operation);
        if (!Operations.isSuccessfulOutcome(answer)) {
            throw new IllegalStateException(
                    Operations.getFailureDescription(answer).asString());
        }
    }
}
