// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.CapabilityServiceBuilder;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.PathElement;
import org.jboss.as.controller.ProcessStateNotifier;
import org.jboss.as.controller.ResourceDefinition;
import org.jboss.as.controller.ResourceRegistration;
import org.jboss.as.controller.capability.RuntimeCapability;
import org.jboss.as.controller.descriptions.ResourceDescriptionResolver;
import org.jboss.as.controller.registry.ManagementResourceRegistration;
import org.jboss.as.controller.registry.OperationEntry;
import org.jboss.as.network.SocketBinding;
import org.jboss.dmr.ModelNode;
import org.jboss.msc.service.ServiceController;
import org.jboss.msc.service.ServiceName;
import org.wildfly.service.descriptor.UnaryServiceDescriptor;
import org.wildfly.subsystem.resource.ChildResourceDefinitionRegistrar;
import org.wildfly.subsystem.resource.ManagementResourceRegistrar;
import org.wildfly.subsystem.resource.ManagementResourceRegistrationContext;
import org.wildfly.subsystem.resource.ResourceDescriptor;
import org.wildfly.subsystem.resource.operation.ResourceOperationRuntimeHandler;
import org.wildfly.subsystem.service.ResourceServiceConfigurator;
import org.wildfly.subsystem.service.ResourceServiceInstaller;
import org.wildfly.subsystem.service.ServiceDependency;

/**
 * The connectors of one transport, {@code /subsystem=sip/<transport>-connector=*}: a socket each. They come and go while
 * the server runs.
 */
final class ConnectorRegistrar implements ChildResourceDefinitionRegistrar, ResourceServiceConfigurator {
    static final List<ConnectorRegistrar> ALL =
            Arrays.stream(Transport.values()).map(ConnectorRegistrar::new).toList();

    private final Transport transport;
    private final ResourceRegistration registration;
    private final RuntimeCapability<Void> capability;
    private final ConnectorAttributes attributes;
    private final OpenConnectors open = new OpenConnectors();

    private ConnectorRegistrar(Transport transport) {
        String key = transport.word() + "-connector";
        this.transport = transport;
        this.registration = ResourceRegistration.of(PathElement.pathElement(key));
        this.capability = RuntimeCapability.Builder.of(UnaryServiceDescriptor.of("io.ifbus.sip." + key, String.class))
                .addRequirements(SipSubsystemRegistrar.SERVER, ProcessStateNotifier.SERVICE_DESCRIPTOR)
                .build();
        this.attributes = new ConnectorAttributes(transport, capability);
    }

    ResourceRegistration registration() {
        return registration;
    }

    List<AttributeDefinition> attributes() {
        return attributes.all();
    }

    List<ConnectorState> states() {
        return Arrays.stream(ConnectorState.values())
                .filter(state -> state.isOf(transport))
                .toList();
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
                .addAttributes(attributes())
                .withRuntimeHandler(ResourceOperationRuntimeHandler.configureService(this))
                .withRemoveOperationRestartFlag(OperationEntry.Flag.RESTART_NONE) // nothing depends on a connector
                .build();
        ManagementResourceRegistration child = parent.registerSubModel(
                ResourceDefinition.builder(registration, resolver).build());
        ManagementResourceRegistrar.of(descriptor).register(child);
        if (context.isRuntimeOnlyRegistrationValid()) {
            states().forEach(state ->
                    RuntimeValue.register(child, state.definition(), operation -> open.address(name(operation))
                            .map(state::value)
                            .orElseGet(ModelNode::new)));
        }
        return child;
    }

    private String name(OperationContext context) {
        return registration.getPathElement().getKey() + "=" + context.getCurrentAddressValue();
    }

    @Override
    public ResourceServiceInstaller configure(OperationContext context, ModelNode model)
            throws OperationFailedException {
        String name = name(context);
        ServiceDependency<SocketBinding> binding = attributes.binding(context, model);
        ServiceDependency<SSLContext> sslContext = attributes.sslContext(context, model);
        ClientCertificate clientCertificate = attributes.clientCertificate(context, model);
        return operation -> {
            CapabilityServiceBuilder<?> builder = NamedService.add(operation, capability);
            Supplier<SipServer> server = builder.requires(SipSubsystemRegistrar.SERVER);
            Supplier<ProcessStateNotifier> process = builder.requires(ProcessStateNotifier.SERVICE_DESCRIPTOR);
            binding.accept(builder);
            sslContext.accept(builder);
            ConnectorService.Needs needs = new ConnectorService.Needs(server, binding, sslContext, process);
            ServiceController<?> controller = builder.setInstance(new ConnectorService(
                            name, transport, clientCertificate, needs, open, builder.provides(capability)))
                    .setInitialMode(ServiceController.Mode.ACTIVE)
                    .install();
            return removal -> removal.removeService(controller);
        };
    }
}
