// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.SipServer;
import java.util.function.ToIntFunction;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.registry.AttributeAccess;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;
import org.wildfly.subsystem.resource.executor.Metric;

/** What the running server shows of itself. At rest all but the last are 0. */
enum SipMetric implements Metric<RunningServer> {
    ACTIVE_APPLICATION_SESSIONS(
            "active-application-sessions", running -> running.applications().sessionCount()),
    ACTIVE_DIALOGS("active-dialogs", running -> running.read(SipServer::dialogCount)),
    ACTIVE_QUEUES("active-queues", running -> running.read(SipServer::queueNames)),
    ACTIVE_TRANSACTIONS("active-transactions", running -> running.read(SipServer::transactionCount)),
    ACTIVE_CLIENT_TRANSACTIONS(
            "active-client-transactions", running -> running.read(SipServer::clientTransactionCount)),
    ACTIVE_SERVER_TRANSACTIONS(
            "active-server-transactions", running -> running.read(SipServer::serverTransactionCount)),
    QUEUED_TASKS("queued-tasks", running -> running.read(SipServer::queuedTasks)),
    BUSY_WORKERS("busy-workers", running -> running.read(SipServer::busyWorkers)),
    OPEN_CONNECTIONS("open-connections", running -> running.read(SipServer::connectionCount)),
    /** Since the server started. */
    FAILED_TAPS(
            "failed-taps", running -> running.read(server -> (int) Math.min(server.failedTaps(), Integer.MAX_VALUE)));

    private final AttributeDefinition definition;
    private final ToIntFunction<RunningServer> value;

    SipMetric(String name, ToIntFunction<RunningServer> value) {
        this.definition = new SimpleAttributeDefinitionBuilder(name, ModelType.INT)
                .setFlags(AttributeAccess.Flag.GAUGE_METRIC)
                .setUndefinedMetricValue(ModelNode.ZERO)
                .setStorageRuntime()
                .build();
        this.value = value;
    }

    @Override
    public AttributeDefinition get() {
        return definition;
    }

    @Override
    public ModelNode execute(RunningServer running) {
        return new ModelNode(value.applyAsInt(running));
    }
}
