// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Sipp;
import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls placed by REST between two independent phones. */
@RequiresSipp
class TwentyCallsIT {
    private static final int CALLS = 20;

    @Test
    void allConnectAndAllEndWhenTheyAreDeleted() {
        try (SippRun from = callee();
                SippRun to = callee();
                ServerProcess server =
                        ServerProcess.named("twenty").withApplication().start()) {
            List<ApiCall> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(server.api().connect(from.uri("from" + i), to.uri("to" + i)));
            }
            calls.forEach(call -> call.becomes("connected", Duration.ofSeconds(20)));
            calls.forEach(ApiCall::hangUp);
            calls.forEach(call -> call.becomes("terminated", Duration.ofSeconds(20)));

            assertWhole(from.finish());
            assertWhole(to.finish());
            await().untilAsserted(() ->
                    assertThat(server.metrics().sum("ifbus_calls_active")).isZero());
        }
    }

    private static SippRun callee() {
        return Sipp.scenario("uas-3pcc")
                .calls(CALLS)
                .atMost(Duration.ofMinutes(3))
                .start();
    }

    private static void assertWhole(SippReport report) {
        assertThat(report.successful()).as(report.toString()).isEqualTo(CALLS);
        assertThat(report.failed()).as(report.toString()).isZero();
        assertThat(report.inviteRetransmissions()).as(report.toString()).isZero();
        assertThat(report.duplicateOks()).as(report.toString()).isZero();
    }
}
