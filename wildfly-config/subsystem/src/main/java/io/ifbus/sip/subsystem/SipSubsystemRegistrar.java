// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.deployment.DeploymentProcessors;
import java.util.EnumSet;
import javax.sip.SipException;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.ResourceDefinition;
import org.jboss.as.controller.SubsystemRegistration;
import org.jboss.as.controller.SubsystemResourceRegistration;
import org.jboss.as.controller.capability.RuntimeCapability;
import org.jboss.as.controller.descriptions.ParentResourceDescriptionResolver;
import org.jboss.as.controller.descriptions.SubsystemResourceDescriptionResolver;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.dmr.ModelNode;
import org.wildfly.service.Installer;
import org.wildfly.service.descriptor.NullaryServiceDescriptor;
import org.wildfly.subsystem.resource.ManagementResourceRegistrar;
import org.wildfly.subsystem.resource.ManagementResourceRegistrationContext;
import org.wildfly.subsystem.resource.ResourceDescriptor;
import org.wildfly.subsystem.resource.SubsystemResourceDefinitionRegistrar;
import org.wildfly.subsystem.resource.executor.MetricOperationStepHandler;
import org.wildfly.subsystem.resource.operation.ResourceOperationRuntimeHandler;
import org.wildfly.subsystem.service.ResourceServiceConfigurator;
import org.wildfly.subsystem.service.ResourceServiceInstaller;
import org.wildfly.subsystem.service.capability.CapabilityServiceInstaller;

/** {@code /subsystem=sip}: its attributes, the server behind the capability {@code io.ifbus.sip.server}, the processors. */
final class SipSubsystemRegistrar implements SubsystemResourceDefinitionRegistrar, ResourceServiceConfigurator {
    static final SubsystemResourceRegistration REGISTRATION = SubsystemResourceRegistration.of("sip");
    static final ParentResourceDescriptionResolver RESOLVER =
            new SubsystemResourceDescriptionResolver(REGISTRATION.getName(), SipSubsystemRegistrar.class);
    /** The server as everybody may see it. */
    static final NullaryServiceDescriptor<SipServer> SERVER =
            NullaryServiceDescriptor.of("io.ifbus.sip.server", SipServer.class);

    private static final RuntimeCapability<Void> CAPABILITY =
            RuntimeCapability.Builder.of(SERVER).build();

    private final RunningServer running = new RunningServer();

    @Override
    public ManagementResourceRegistration register(
            SubsystemRegistration parent, ManagementResourceRegistrationContext context) {
        ResourceDescriptor descriptor = ResourceDescriptor.builder(RESOLVER)
                .addCapability(CAPABILITY)
                .provideAttributes(EnumSet.allOf(SipAttribute.class))
                .withRuntimeHandler(ResourceOperationRuntimeHandler.configureService(this))
                .withDeploymentChainContributor(new DeploymentProcessors(
                        REGISTRATION.getName(), SERVER, ConnectorRegistrar::isConnector, running.applications()))
                .build();
        ManagementResourceRegistration registration = parent.registerSubsystemModel(
                ResourceDefinition.builder(REGISTRATION, RESOLVER).build());
        ManagementResourceRegistrar.of(descriptor).register(registration);
        for (ConnectorRegistrar connector : ConnectorRegistrar.ALL) {
            connector.register(registration, context);
        }
        if (context.isRuntimeOnlyRegistrationValid()) {
            new MetricOperationStepHandler<RunningServer>(
                            (operation, metric) -> metric.execute(running), SipMetric.class)
                    .register(registration);
        }
        return registration;
    }

    @Override
    public ResourceServiceInstaller configure(OperationContext context, ModelNode model)
            throws OperationFailedException {
        SipServerSettings settings = SipAttribute.settings(context, model);
        return CapabilityServiceInstaller.builder(CAPABILITY, () -> start(settings))
                .withCaptor(running)
                .onStop(SipServer::stop)
                .startWhen(Installer.StartWhen.INSTALLED)
                .build();
    }

    private static SipServer start(SipServerSettings settings) {
        try {
            return SipServer.start(settings);
        } catch (SipException e) {
            throw new IllegalStateException("the SIP stack does not start: " + e.getMessage(), e);
        }
    }
}
