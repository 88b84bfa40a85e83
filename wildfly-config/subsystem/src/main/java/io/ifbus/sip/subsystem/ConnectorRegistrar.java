// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.SipServer;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.as.controller.CapabilityServiceBuilder;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.PathElement;
import org.jboss.as.controller.ResourceDefinition;
import org.jboss.as.controller.ResourceRegistration;
import org.jboss.as.controller.access.management.SensitiveTargetAccessConstraintDefinition;
import org.jboss.as.controller.capability.RuntimeCapability;
import org.jboss.as.controller.descriptions.ResourceDescriptionResolver;
import org.jboss.as.controller.registry.AttributeAccess;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.as.network.SocketBinding;
import org.jboss.dmr.ModelNode;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.wildfly.service.descriptor.UnaryServiceDescriptor;
import org.wildfly.subsystem.resource.ChildResourceDefinitionRegistrar;
import org.wildfly.subsystem.resource.ManagementResourceRegistrar;
import org.wildfly.subsystem.resource.ManagementResourceRegistrationContext;
import org.wildfly.subsystem.resource.ResourceDescriptor;
import org.wildfly.subsystem.resource.capability.CapabilityReference;
import org.wildfly.subsystem.resource.capability.CapabilityReferenceAttributeDefinition;
import org.wildfly.subsystem.resource.operation.ResourceOperationRuntimeHandler;
import org.wildfly.subsystem.service.ResourceServiceConfigurator;
import org.wildfly.subsystem.service.ResourceServiceInstaller;
import org.wildfly.subsystem.service.ServiceDependency;

/** The connectors of one transport, {@code /subsystem=sip/<transport>-connector=*}: a socket each, open from boot to shutdown. */
final class ConnectorRegistrar implements ChildResourceDefinitionRegistrar, ResourceServiceConfigurator {
    static final List<ConnectorRegistrar> ALL =
            List.of(new ConnectorRegistrar(Transport.UDP), new ConnectorRegistrar(Transport.TCP));

    private final Transport transport;
    private final ResourceRegistration registration;
    private final RuntimeCapability<Void> capability;
    private final CapabilityReferenceAttributeDefinition<SocketBinding> socketBinding;

    private ConnectorRegistrar(Transport transport) {
        String key = transport.word() + "-connector";
        this.transport = transport;
        this.registration = ResourceRegistration.of(PathElement.pathElement(key));
        this.capability = RuntimeCapability.Builder.of(UnaryServiceDescriptor.of("io.ifbus.sip." + key, String.class))
                .addRequirements(SipSubsystemRegistrar.SERVER)
                .build();
        this.socketBinding = new CapabilityReferenceAttributeDefinition.Builder<>(
                        "socket-binding",
                        CapabilityReference.builder(capability, SocketBinding.SERVICE_DESCRIPTOR)
                                .build())
                .setFlags(AttributeAccess.Flag.RESTART_RESOURCE_SERVICES)
                .setAccessConstraints(SensitiveTargetAccessConstraintDefinition.SOCKET_BINDING_REF)
                .build();
    }

    ResourceRegistration registration() {
        return registration;
    }

    CapabilityReferenceAttributeDefinition<SocketBinding> socketBinding() {
        return socketBinding;
    }

    /** Whether {@code service} is a connector's. */
    static boolean isConnector(ServiceName service) {
        return ALL.stream()
                .anyMatch(connector ->
                        connector.capability.getCapabilityServiceName().isParentOf(service));
    }

    @Override
    public ManagementResourceRegistration register(
            ManagementResourceRegistration parent, ManagementResourceRegistrationContext context) {
        ResourceDescriptionResolver resolver =
                SipSubsystemRegistrar.RESOLVER.createChildResolver(registration.getPathElement());
        ResourceDescriptor descriptor = ResourceDescriptor.builder(resolver)
                .addCapability(capability)
                .addAttributes(List.of(socketBinding))
                .withRuntimeHandler(ResourceOperationRuntimeHandler.configureService(this))
                .build();
        ManagementResourceRegistration child = parent.registerSubModel(
                ResourceDefinition.builder(registration, resolver).build());
        ManagementResourceRegistrar.of(descriptor).register(child);
        return child;
    }

    @Override
    public ResourceServiceInstaller configure(OperationContext context, ModelNode model)
            throws OperationFailedException {
        String name = registration.getPathElement().getKey() + "=" + context.getCurrentAddressValue();
        ServiceDependency<SocketBinding> binding = socketBinding.resolve(context, model);
        return operation -> {
            CapabilityServiceBuilder<?> builder =
                    operation.getCapabilityServiceTarget().addService();
            Supplier<SipServer> server = builder.requires(SipSubsystemRegistrar.SERVER);
            binding.accept(builder);
            ServiceController<?> controller = builder.setInstance(
                            new ConnectorService(name, transport, server, binding, builder.provides(capability)))
                    .setInitialMode(ServiceController.Mode.ACTIVE)
                    .install();
            return removal -> removal.removeService(controller);
        };
    }
}
