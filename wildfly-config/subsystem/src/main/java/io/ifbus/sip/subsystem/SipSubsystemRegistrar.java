// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.deployment.DeploymentProcessors;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.as.controller.CapabilityServiceBuilder;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.ResourceDefinition;
import org.jboss.as.controller.SubsystemRegistration;
import org.jboss.as.controller.SubsystemResourceRegistration;
import org.jboss.as.controller.capability.RuntimeCapability;
import org.jboss.as.controller.descriptions.ParentResourceDescriptionResolver;
import org.jboss.as.controller.descriptions.SubsystemResourceDescriptionResolver;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.as.controller.services.path.PathManager;
import org.jboss.as.server.Services;
import org.jboss.as.server.suspend.SuspendableActivityRegistry;
import org.jboss.dmr.ModelNode;
import org.jboss.msc.service.ServiceController;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.service.Installer;
import org.wildfly.service.descriptor.NullaryServiceDescriptor;
import org.wildfly.service.descriptor.UnaryServiceDescriptor;
import org.wildfly.subsystem.resource.ManagementResourceRegistrar;
import org.wildfly.subsystem.resource.ManagementResourceRegistrationContext;
import org.wildfly.subsystem.resource.ResourceDescriptor;
import org.wildfly.subsystem.resource.SubsystemResourceDefinitionRegistrar;
import org.wildfly.subsystem.resource.capability.CapabilityReference;
import org.wildfly.subsystem.resource.capability.CapabilityReferenceAttributeDefinition;
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

    private static final RuntimeCapability<Void> SERVER_CAPABILITY = RuntimeCapability.Builder.of(SERVER)
            .addRequirements(PathManager.SERVICE_DESCRIPTOR, SuspendableActivityRegistry.SERVICE_DESCRIPTOR)
            .build();
    /** Up when all connectors have been opened: what applications wait for. */
    private static final RuntimeCapability<Void> CONNECTORS_CAPABILITY = RuntimeCapability.Builder.of(
                    NullaryServiceDescriptor.of("io.ifbus.sip.connectors", Void.class))
            .addRequirements(SERVER)
            .build();
    /** The security domain of applications that name none; only there if the attribute is defined. */
    private static final RuntimeCapability<Void> DOMAIN_CAPABILITY = RuntimeCapability.Builder.of(
                    NullaryServiceDescriptor.of("io.ifbus.sip.security-domain", SecurityDomain.class))
            .build();

    static final CapabilityReferenceAttributeDefinition<SecurityDomain> SECURITY_DOMAIN =
            new CapabilityReferenceAttributeDefinition.Builder<>(
                            "security-domain",
                            CapabilityReference.builder(
                                            DOMAIN_CAPABILITY,
                                            UnaryServiceDescriptor.of(
                                                    "org.wildfly.security.security-domain", SecurityDomain.class))
                                    .build())
                    .setRequired(false)
                    .setRestartAllServices()
                    .build();

    private final RunningServer running = new RunningServer();

    @Override
    public ManagementResourceRegistration register(
            SubsystemRegistration parent, ManagementResourceRegistrationContext context) {
        RouterChange routerChange = new RouterChange(running);
        ResourceDescriptor descriptor = ResourceDescriptor.builder(RESOLVER)
                .addCapabilities(List.of(SERVER_CAPABILITY, CONNECTORS_CAPABILITY))
                .addCapability(DOMAIN_CAPABILITY, (operation, resource) -> resource.getModel()
                        .hasDefined(SECURITY_DOMAIN.getName()))
                .provideAttributes(EnumSet.allOf(SipAttribute.class))
                .addAttribute(RouterAttributes.INLINE, routerChange)
                .addAttribute(RouterAttributes.FILE, routerChange)
                .addAttributes(List.of(SECURITY_DOMAIN, TrustedPeers.ATTRIBUTE))
                .withRuntimeHandler(ResourceOperationRuntimeHandler.configureService(this))
                .withDeploymentChainContributor(new DeploymentProcessors(
                        REGISTRATION.getName(),
                        SERVER,
                        CONNECTORS_CAPABILITY.getCapabilityServiceName()::equals,
                        running.applications(),
                        running::trustedPeers))
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
            for (SipCounters counters : SipCounters.values()) {
                RuntimeValue.register(registration, counters.definition(), operation -> counters.read(running));
            }
        }
        return registration;
    }

    @Override
    public ResourceServiceInstaller configure(OperationContext context, ModelNode model)
            throws OperationFailedException {
        SipServerService.Configuration configuration = new SipServerService.Configuration(
                SipAttribute.settings(context, model),
                new RouterAttributes(context, model),
                TrustedPeers.resolve(context, model),
                SipAttribute.SUSPEND_RETRY_AFTER.resolve(context, model));
        List<ResourceServiceInstaller> installers = new ArrayList<>();
        installers.add(operation -> installServer(operation, configuration));
        installers.add(SipSubsystemRegistrar::installConnectors);
        if (model.hasDefined(SECURITY_DOMAIN.getName())) {
            installers.add(
                    CapabilityServiceInstaller.builder(DOMAIN_CAPABILITY, SECURITY_DOMAIN.resolve(context, model))
                            .startWhen(Installer.StartWhen.REQUIRED)
                            .build());
        }
        return ResourceServiceInstaller.combine(installers);
    }

    private Consumer<OperationContext> installServer(
            OperationContext context, SipServerService.Configuration configuration) {
        CapabilityServiceBuilder<?> builder = NamedService.add(context, SERVER_CAPABILITY);
        SipServerService.Needs needs = new SipServerService.Needs(
                builder.requires(PathManager.SERVICE_DESCRIPTOR),
                builder.requires(SuspendableActivityRegistry.SERVICE_DESCRIPTOR),
                Services.requireServerExecutor(builder));
        ServiceController<?> controller = builder.setInstance(
                        new SipServerService(configuration, needs, builder.provides(SERVER_CAPABILITY), running))
                .setInitialMode(ServiceController.Mode.ACTIVE)
                .install();
        return removal -> removal.removeService(controller);
    }

    private static Consumer<OperationContext> installConnectors(OperationContext context) {
        CapabilityServiceBuilder<?> builder = NamedService.add(context, CONNECTORS_CAPABILITY);
        builder.provides(CONNECTORS_CAPABILITY);
        builder.requires(SERVER);
        Supplier<ExecutorService> executor = Services.requireServerExecutor(builder);
        ServiceController<?> controller = builder.setInstance(
                        new BootConnectors(ConnectorRegistrar::isConnector, executor))
                .setInitialMode(ServiceController.Mode.ON_DEMAND)
                .install();
        return removal -> removal.removeService(controller);
    }
}
