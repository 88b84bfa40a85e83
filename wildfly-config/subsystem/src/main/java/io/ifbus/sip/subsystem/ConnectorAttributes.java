// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.access.management.SensitiveTargetAccessConstraintDefinition;
import org.jboss.as.controller.capability.RuntimeCapability;
import org.jboss.as.controller.operations.validation.StringAllowedValuesValidator;
import org.jboss.as.controller.registry.AttributeAccess;
import org.jboss.as.network.SocketBinding;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;
import org.wildfly.service.descriptor.UnaryServiceDescriptor;
import org.wildfly.subsystem.resource.capability.CapabilityReference;
import org.wildfly.subsystem.resource.capability.CapabilityReferenceAttributeDefinition;
import org.wildfly.subsystem.service.ServiceDependency;

/** What is said of a connector in the management model. */
final class ConnectorAttributes {
    /** Elytron's, by the name of the ssl-context. */
    private static final UnaryServiceDescriptor<SSLContext> SSL_CONTEXT =
            UnaryServiceDescriptor.of("org.wildfly.security.ssl-context", SSLContext.class);

    private static final Map<String, ClientCertificate> CERTIFICATES =
            Map.of("none", ClientCertificate.NONE, "want", ClientCertificate.WANTED, "need", ClientCertificate.NEEDED);
    /** Undefined: as the ssl-context says. */
    private static final AttributeDefinition CLIENT_CERTIFICATE = new SimpleAttributeDefinitionBuilder(
                    "client-certificate", ModelType.STRING, true)
            .setAllowExpression(true)
            .setValidator(new StringAllowedValuesValidator(
                    CERTIFICATES.keySet().stream().sorted().toArray(String[]::new)))
            .setFlags(AttributeAccess.Flag.RESTART_RESOURCE_SERVICES)
            .build();

    private final CapabilityReferenceAttributeDefinition<SocketBinding> socketBinding;
    private final CapabilityReferenceAttributeDefinition<SSLContext> sslContext; // null without TLS

    ConnectorAttributes(Transport transport, RuntimeCapability<Void> connector) {
        this.socketBinding = new CapabilityReferenceAttributeDefinition.Builder<>(
                        "socket-binding",
                        CapabilityReference.builder(connector, SocketBinding.SERVICE_DESCRIPTOR)
                                .build())
                .setFlags(AttributeAccess.Flag.RESTART_RESOURCE_SERVICES)
                .setAccessConstraints(SensitiveTargetAccessConstraintDefinition.SOCKET_BINDING_REF)
                .build();
        this.sslContext = !transport.isSecure()
                ? null
                : new CapabilityReferenceAttributeDefinition.Builder<>(
                                "ssl-context",
                                CapabilityReference.builder(connector, SSL_CONTEXT)
                                        .build())
                        .setFlags(AttributeAccess.Flag.RESTART_RESOURCE_SERVICES)
                        .setAccessConstraints(SensitiveTargetAccessConstraintDefinition.SSL_REF)
                        .build();
    }

    List<AttributeDefinition> all() {
        return sslContext == null ? List.of(socketBinding) : List.of(socketBinding, sslContext, CLIENT_CERTIFICATE);
    }

    ServiceDependency<SocketBinding> binding(OperationContext context, ModelNode model)
            throws OperationFailedException {
        return socketBinding.resolve(context, model);
    }

    /** Gives null without TLS. */
    ServiceDependency<SSLContext> sslContext(OperationContext context, ModelNode model)
            throws OperationFailedException {
        return sslContext == null ? ServiceDependency.empty() : sslContext.resolve(context, model);
    }

    /** Null for what the ssl-context says, and without TLS. */
    ClientCertificate clientCertificate(OperationContext context, ModelNode model) throws OperationFailedException {
        String word = sslContext == null
                ? null
                : CLIENT_CERTIFICATE.resolveModelAttribute(context, model).asStringOrNull();
        return word == null ? null : CERTIFICATES.get(word);
    }
}
