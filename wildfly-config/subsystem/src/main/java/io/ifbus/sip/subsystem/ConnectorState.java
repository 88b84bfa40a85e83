// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.registry.AttributeAccess;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;

/** What an open connector shows of itself. Undefined while it is not open. */
enum ConnectorState {
    BOUND_ADDRESS(
            "bound-address",
            ModelType.STRING,
            address -> new ModelNode(address.getAddress().getHostAddress())),
    BOUND_PORT("bound-port", ModelType.INT, address -> new ModelNode(address.getPort())),
    /** Undefined where the system does not tell. */
    DROPPED_DATAGRAMS("dropped-datagrams", ModelType.LONG, address -> {
        OptionalLong dropped = UdpDrops.of(address);
        return dropped.isPresent() ? new ModelNode(dropped.getAsLong()) : new ModelNode();
    });

    private final AttributeDefinition definition;
    private final Function<InetSocketAddress, ModelNode> value;

    ConnectorState(String name, ModelType type, Function<InetSocketAddress, ModelNode> value) {
        this.definition = new SimpleAttributeDefinitionBuilder(name, type, true)
                .setFlags(AttributeAccess.Flag.STORAGE_RUNTIME)
                .build();
        this.value = value;
    }

    AttributeDefinition definition() {
        return definition;
    }

    ModelNode value(InetSocketAddress address) {
        return value.apply(address);
    }

    boolean isOf(Transport transport) {
        return this != DROPPED_DATAGRAMS || transport == Transport.UDP;
    }
}
