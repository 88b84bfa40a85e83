// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.tests.server.Cluster;
import io.ifbus.sip.tests.server.Management;
import io.ifbus.sip.tests.server.ServerProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two nodes on one machine. */
class ClusterIT {

    private static final Duration FORMS_WITHIN = Duration.ofSeconds(20);

    @Test
    void twoNodesMeetAndEachConnectsCallsAndOneCarriesOnAlone() {
        try (Cluster cluster = Cluster.of(2)) {
            for (ServerProcess node : cluster.nodes()) sees(node, "(2)", "node1", "node2");
            for (ServerProcess node : cluster.nodes()) {
                SampleCalls.clickToDial(node);
                SampleCalls.echo(node);
            }
            cluster.node(2).close();
            sees(cluster.node(1), "(1)", "node1");
            SampleCalls.clickToDial(cluster.node(1));
        }
    }

    /** A view reads {@code [node1|1] (2) [node1, node2]}. */
    private static void sees(ServerProcess node, String... parts) {
        try (Management management = node.management()) {
            await().atMost(FORMS_WITHIN).untilAsserted(() -> assertThat(management
                            .read("/subsystem=jgroups/channel=ee", "view")
                            .asString())
                    .contains(parts));
        }
    }
}
