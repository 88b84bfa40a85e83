// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentPhaseContext;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUnitProcessor;
import org.jboss.as.server.deployment.module.ModuleDependency;
import org.jboss.modules.Module;

/** DEPENDENCIES: shows the SIP Servlet API, and nothing of the engine, to each module of a deployment with SIP servlets. */
final class DependencyProcessor implements DeploymentUnitProcessor {
    private static final String API = "javax.servlet.sip.api";

    @Override
    public void deploy(DeploymentPhaseContext context) {
        DeploymentUnit unit = context.getDeploymentUnit();
        if (SipDeployments.of(unit) != null) {
            unit.getAttachment(Attachments.MODULE_SPECIFICATION)
                    .addSystemDependency(ModuleDependency.Builder.of(Module.getBootModuleLoader(), API)
                            .build());
        }
    }
}
