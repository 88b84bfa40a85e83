// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.transport.WireLimits;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.client.helpers.MeasurementUnit;
import org.jboss.as.controller.operations.validation.IntRangeValidator;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;
import org.wildfly.subsystem.resource.AttributeDefinitionProvider;

/** The numbers of the subsystem; the defaults are the container's. A change takes effect with the next reload. */
enum SipAttribute implements AttributeDefinitionProvider {
    WORKER_THREADS("worker-threads", MeasurementUnit.NONE, 1, 4096, SipServerSettings.DEFAULTS.workerThreads()),
    RECEIVE_BUFFER_SIZE(
            "receive-buffer-size", MeasurementUnit.BYTES, 2048, Bounds.NONE, WireLimits.DEFAULTS.udpBufferBytes()),
    MAX_MESSAGE_SIZE("max-message-size", MeasurementUnit.BYTES, 1024, Bounds.NONE, WireLimits.DEFAULTS.messageBytes()),
    MAX_CONNECTIONS("max-connections", MeasurementUnit.NONE, 1, Bounds.NONE, WireLimits.DEFAULTS.connections()),
    MAX_CONNECTIONS_PER_PEER(
            "max-connections-per-peer", MeasurementUnit.NONE, 1, Bounds.NONE, WireLimits.DEFAULTS.connectionsPerPeer()),
    CONNECT_TIMEOUT(
            "connect-timeout", MeasurementUnit.MILLISECONDS, 1, Bounds.NONE, WireLimits.DEFAULTS.connectMillis()),
    MESSAGE_TIMEOUT(
            "message-timeout", MeasurementUnit.MILLISECONDS, 1, Bounds.NONE, WireLimits.DEFAULTS.messageMillis()),
    IDLE_TIMEOUT("idle-timeout", MeasurementUnit.MILLISECONDS, 1, Bounds.NONE, WireLimits.DEFAULTS.idleMillis()),
    /** 0 is no bound. */
    MAX_MESSAGES_PER_SECOND(
            "max-messages-per-second", MeasurementUnit.NONE, 0, 1_000_000, WireLimits.DEFAULTS.messagesPerSecond()),
    MAX_QUEUED_MESSAGES(
            "max-queued-messages", MeasurementUnit.NONE, 1, Bounds.NONE, WireLimits.DEFAULTS.queuedMessages()),
    /** RFC 3261 section 17.1.1.1. */
    T1("t1", MeasurementUnit.MILLISECONDS, 10, 10_000, millis(SipServerSettings.DEFAULTS.t1())),
    /** RFC 3261 section 17.1.2.2. */
    T2("t2", MeasurementUnit.MILLISECONDS, 10, 60_000, millis(SipServerSettings.DEFAULTS.t2())),
    /** RFC 3261 section 17.1.2.2. */
    T4("t4", MeasurementUnit.MILLISECONDS, 10, 60_000, millis(SipServerSettings.DEFAULTS.t4())),
    /** RFC 3261 section 20.33. */
    SUSPEND_RETRY_AFTER("suspend-retry-after", MeasurementUnit.SECONDS, 1, 86_400, 30);

    private static final class Bounds {
        static final int NONE = Integer.MAX_VALUE;
    }

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

    /**
     * The container's settings out of the model, expressions resolved, but for the lines of the application router, which
     * the function gets. It throws an IllegalArgumentException if two of them contradict each other.
     */
    static Function<Map<String, String>, SipServerSettings> settings(OperationContext context, ModelNode model)
            throws OperationFailedException {
        WireLimits limits = new WireLimits(
                RECEIVE_BUFFER_SIZE.resolve(context, model),
                MAX_MESSAGE_SIZE.resolve(context, model),
                MAX_CONNECTIONS.resolve(context, model),
                MAX_CONNECTIONS_PER_PEER.resolve(context, model),
                CONNECT_TIMEOUT.resolve(context, model),
                MESSAGE_TIMEOUT.resolve(context, model),
                IDLE_TIMEOUT.resolve(context, model),
                MAX_MESSAGES_PER_SECOND.resolve(context, model),
                MAX_QUEUED_MESSAGES.resolve(context, model));
        int threads = WORKER_THREADS.resolve(context, model);
        Duration t1 = Duration.ofMillis(T1.resolve(context, model));
        Duration t2 = Duration.ofMillis(T2.resolve(context, model));
        Duration t4 = Duration.ofMillis(T4.resolve(context, model));
        return router -> new SipServerSettings(threads, limits, t1, t2, t4, router);
    }

    int resolve(OperationContext context, ModelNode model) throws OperationFailedException {
        return definition.resolveModelAttribute(context, model).asInt();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
