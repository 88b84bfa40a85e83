// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.deployment.identity.Identities;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.as.controller.RequirementServiceBuilder;
import org.jboss.as.controller.capability.CapabilityServiceSupport;
import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUtils;
import org.jboss.as.server.security.SecurityMetaData;
import org.jboss.as.web.common.WarMetaData;
import org.jboss.metadata.ear.jboss.JBossAppMetaData;
import org.jboss.metadata.ear.spec.EarMetaData;
import org.jboss.metadata.web.jboss.JBossWebMetaData;
import org.jboss.msc.service.ServiceName;
import org.wildfly.security.auth.server.SecurityDomain;

/**
 * Which security domain a SIP application uses: the one that jboss-web.xml or jboss-app.xml names, else that of the
 * subsystem, else the default one of the web container.
 */
final class SecurityDomains {
    private static final String OF_THE_SUBSYSTEM = "io.ifbus.sip.security-domain";

    private SecurityDomains() {}

    /** @return a supplier of null when there is no domain at all */
    static Supplier<Identities> identities(DeploymentUnit unit, RequirementServiceBuilder<?> builder) {
        ServiceName domain = domain(unit);
        if (domain == null) {
            return () -> null;
        }
        Supplier<SecurityDomain> supplier = builder.requires(domain);
        JBossWebMetaData web = unit.getAttachment(WarMetaData.ATTACHMENT_KEY).getMergedJBossWebMetaData();
        Map<String, Set<String>> moreRoles = web.getPrincipalVersusRolesMap();
        return () -> new Identities(supplier.get(), moreRoles == null ? Map.of() : moreRoles);
    }

    private static ServiceName domain(DeploymentUnit unit) {
        CapabilityServiceSupport support = unit.getAttachment(Attachments.CAPABILITY_SERVICE_SUPPORT);
        if (!isNamed(unit) && support.hasCapability(OF_THE_SUBSYSTEM)) {
            return support.getCapabilityServiceName(OF_THE_SUBSYSTEM);
        }
        SecurityMetaData web = unit.getAttachment(SecurityMetaData.ATTACHMENT_KEY);
        return web == null ? null : web.getSecurityDomain();
    }

    private static boolean isNamed(DeploymentUnit unit) {
        EarMetaData ear = DeploymentUtils.getTopDeploymentUnit(unit)
                .getAttachment(org.jboss.as.ee.structure.Attachments.EAR_METADATA);
        JBossWebMetaData web = unit.getAttachment(WarMetaData.ATTACHMENT_KEY).getMergedJBossWebMetaData();
        return web.getSecurityDomain() != null
                || ear instanceof JBossAppMetaData named && named.getSecurityDomain() != null;
    }
}
