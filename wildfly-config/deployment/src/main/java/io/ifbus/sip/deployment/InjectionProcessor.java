// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import org.jboss.as.controller.capability.CapabilityServiceSupport;
import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentPhaseContext;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUnitProcessor;
import org.jboss.as.weld.Capabilities;
import org.jboss.as.weld.WeldCapability;
import org.wildfly.extension.undertow.deployment.UndertowAttachments;

/** POST_MODULE: the CDI beans of the deployment, and what the web application of each SIP application gets. */
final class InjectionProcessor implements DeploymentUnitProcessor {
    @Override
    public void deploy(DeploymentPhaseContext context) {
        DeploymentUnit unit = context.getDeploymentUnit();
        SipDeployments deployments = SipDeployments.of(unit);
        if (deployments != null && unit.getParent() == null) {
            CapabilityServiceSupport support = unit.getAttachment(Attachments.CAPABILITY_SERVICE_SUPPORT);
            support.getOptionalCapabilityRuntimeAPI(Capabilities.WELD_CAPABILITY_NAME, WeldCapability.class)
                    .ifPresent(weld -> weld.registerExtensionInstance(new SipBeans(deployments), unit));
        }
        SipDeployments.inside(unit)
                .ifPresent(deployment -> unit.addToAttachmentList(
                        UndertowAttachments.UNDERTOW_SERVLET_EXTENSIONS, (info, servletContext) -> {
                            deployment.setAttributes(servletContext);
                            deployment.httpSessions().addTo(info);
                        }));
    }
}
