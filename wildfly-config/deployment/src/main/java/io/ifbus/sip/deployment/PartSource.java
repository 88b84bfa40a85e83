// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import org.jboss.as.ee.component.InjectionSource;
import org.jboss.as.ee.component.deployers.EEResourceReferenceProcessor;
import org.jboss.as.naming.ImmediateManagedReferenceFactory;
import org.jboss.as.naming.ManagedReferenceFactory;
import org.jboss.as.server.deployment.DeploymentPhaseContext;
import org.jboss.as.server.deployment.DeploymentUnitProcessingException;
import org.jboss.msc.service.ServiceBuilder;

/**
 * What {@code @Resource} without a lookup gives: the part of the application of the component's own WAR, else of the only
 * application of the deployment. Where there are several the component must name one.
 */
final class PartSource extends InjectionSource {
    private final Class<?> type;

    private PartSource(Class<?> type) {
        this.type = type;
    }

    /** Answers for all archives of a deployment. */
    static EEResourceReferenceProcessor references(Class<?> type) {
        return new EEResourceReferenceProcessor() {
            @Override
            public String getResourceReferenceType() {
                return type.getName();
            }

            @Override
            public InjectionSource getResourceReferenceBindingSource() {
                return new PartSource(type);
            }
        };
    }

    @Override
    @SuppressWarnings("deprecation") // the injector that InjectionSource wants
    public void getResourceValue(
            ResolutionContext resolution,
            ServiceBuilder<?> builder,
            DeploymentPhaseContext context,
            org.jboss.msc.inject.Injector<ManagedReferenceFactory> injector)
            throws DeploymentUnitProcessingException {
        SipDeployments all = SipDeployments.of(context.getDeploymentUnit());
        SipDeployment meant = all.meantIn(context.getDeploymentUnit())
                .orElseThrow(() -> DeploymentLogger.LOG.severalApplications(
                        context.getDeploymentUnit().getName(), type.getSimpleName(), all.names()));
        injector.inject(new ImmediateManagedReferenceFactory(meant.standIns().get(type)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartSource source && source.type == type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }
}
