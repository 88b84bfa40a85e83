// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.transport.WireCounters;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.SimpleMapAttributeDefinition;
import org.jboss.as.controller.registry.AttributeAccess;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;

/** What has passed the sockets since the server started, each a map of names and numbers. */
enum SipCounters {
    MESSAGES_RECEIVED("messages-received", WireCounters::received),
    MESSAGES_SENT("messages-sent", WireCounters::sent),
    REJECTED("rejected", SipCounters::rejected);

    private final AttributeDefinition definition;
    private final Function<WireCounters, Map<String, Long>> value;

    SipCounters(String name, Function<WireCounters, Map<String, Long>> value) {
        this.definition = new SimpleMapAttributeDefinition.Builder(name, ModelType.LONG, true)
                .setFlags(AttributeAccess.Flag.STORAGE_RUNTIME)
                .build();
        this.value = value;
    }

    private static Map<String, Long> rejected(WireCounters counters) {
        Map<String, Long> sums = new TreeMap<>();
        Arrays.stream(Reject.values()).forEach(kind -> sums.put(kind.word(), counters.count(kind)));
        return sums;
    }

    AttributeDefinition definition() {
        return definition;
    }

    ModelNode read(RunningServer running) {
        ModelNode sums = new ModelNode().setEmptyObject();
        running.server().ifPresent(server -> value.apply(server.counters())
                .forEach((name, sum) -> sums.get(name).set(sum)));
        return sums;
    }
}
