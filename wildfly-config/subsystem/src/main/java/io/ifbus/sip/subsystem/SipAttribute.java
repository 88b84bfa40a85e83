// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.transport.WireLimits;
import java.time.Duration;
import java.util.Map;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.client.helpers.MeasurementUnit;
import org.jboss.as.controller.operations.validation.IntRangeValidator;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;
import org.wildfly.subsystem.resource.AttributeDefinitionProvider;

/** The attributes of the subsystem; the defaults are the container's. A change takes effect with the next reload. */
enum SipAttribute implements AttributeDefinitionProvider {
    WORKER_THREADS("worker-threads", MeasurementUnit.NONE, 1, 4096, SipServerSettings.DEFAULTS.workerThreads()),
    RECEIVE_BUFFER_SIZE(
            "receive-buffer-size",
            MeasurementUnit.BYTES,
            2048,
            Integer.MAX_VALUE,
            WireLimits.DEFAULTS.udpBufferBytes()),
    MAX_MESSAGE_SIZE(
            "max-message-size", MeasurementUnit.BYTES, 1024, Integer.MAX_VALUE, WireLimits.DEFAULTS.messageBytes()),
    MAX_TCP_CONNECTIONS(
            "max-tcp-connections", MeasurementUnit.NONE, 1, Integer.MAX_VALUE, WireLimits.DEFAULTS.connections()),
    /** RFC 3261 section 17.1.1.1. */
    T1("t1", MeasurementUnit.MILLISECONDS, 10, 10_000, (int)
            SipServerSettings.DEFAULTS.t1().toMillis());

    private final AttributeDefinition definition;

    SipAttribute(String name, MeasurementUnit unit, int min, int max, int defaultValue) {
        this.definition = new SimpleAttributeDefinitionBuilder(name, ModelType.INT, true)
                .setAllowExpression(true)
                .setDefaultValue(new ModelNode(defaultValue))
                .setMeasurementUnit(unit)
                .setValidator(new IntRangeValidator(min, max, true, true))
                .setRestartAllServices()
                .build();
    }

    @Override
    public AttributeDefinition get() {
        return definition;
    }

    /** The container's settings out of the model, expressions resolved. */
    static SipServerSettings settings(OperationContext context, ModelNode model) throws OperationFailedException {
        WireLimits defaults = WireLimits.DEFAULTS;
        WireLimits limits = new WireLimits(
                RECEIVE_BUFFER_SIZE.resolve(context, model),
                MAX_MESSAGE_SIZE.resolve(context, model),
                MAX_TCP_CONNECTIONS.resolve(context, model),
                defaults.connectionsPerPeer(),
                defaults.connectMillis(),
                defaults.messageMillis(),
                defaults.idleMillis(),
                defaults.messagesPerSecond(),
                defaults.queuedMessages());
        return new SipServerSettings(
                WORKER_THREADS.resolve(context, model),
                limits,
                Duration.ofMillis(T1.resolve(context, model)),
                SipServerSettings.DEFAULTS.t2(),
                SipServerSettings.DEFAULTS.t4(),
                Map.of());
    }

    private int resolve(OperationContext context, ModelNode model) throws OperationFailedException {
        return definition.resolveModelAttribute(context, model).asInt();
    }
}
