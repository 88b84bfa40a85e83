// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.Sipp;
import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.load.RequiresSipp;
import io.ifbus.sip.tests.server.ApiCall;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sipp as the peer that holds, transfers and is transferred. */
@RequiresSipp
class SippPeersIT {

    @RegisterExtension
    final Story story = new Story();

    private final Phone bob = story.phone("bob", 660);
    private final Phone carol = story.phone("carol", 880);

    private SippRun calls(String scenario, String... more) {
        return Sipp.scenario(scenario)
                .calling(
                        Integer.toString(bob.port()),
                        "127.0.0.1",
                        story.server().ports().sip())
                .pause(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(20))
                .with(more)
                .start();
    }

    private static void assertWhole(SippReport report) {
        assertThat(report.successful()).as(report.toString()).isOne();
        assertThat(report.failed()).as(report.toString()).isZero();
    }

    @Test
    void itHoldsAndResumes() {
        try (SippRun sipp = calls("uac-hold")) {
            bob.rings().answers().hears("INVITE").hears("INVITE");
            assertThat(bob.lastReceived("INVITE").body()).contains("a=sendonly");
            bob.hears("INVITE").hears("BYE").isIdle();
            assertThat(bob.lastReceived("INVITE").body()).contains("a=sendrecv");
            assertWhole(sipp.finish());
        }
        ApiCall call = story.inbound().ends("completed", 200, "caller");
        assertThat(call.states())
                .containsExactly("incoming", "connected", "on_hold", "connected", "hanging_up", "terminated");
    }

    @Test
    void itHandsBobOverAndIsToldHowItGoes() {
        try (SippRun sipp = calls("uac-refer", "-key", "target", carol.uri())) {
            bob.rings().answers();
            carol.rings();
            bob.talks();
            carol.answers();
            bob.hearsTone(880);
            carol.hearsTone(660);
            assertWhole(sipp.finish());
        }
        ApiCall call = story.inbound().becomes("connected");
        assertThat(call.lastTransfer().look().text("transferor")).isEqualTo("caller");
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void itIsHeldResumedAndHandedOverByTheApi() {
        try (SippRun sipp =
                Sipp.scenario("uas-3pcc").atMost(Duration.ofSeconds(20)).start()) {
            ApiCall call = story.api().connect(sipp.uri("sam"), bob.uri());
            bob.rings().answers().talks();
            call.becomes("connected").hold().becomes("on_hold").resume().becomes("connected");
            var transfer = call.transfers(Map.of("target", carol.uri()));
            carol.rings().answers();
            transfer.becomes("completed");
            bob.hears("BYE").isIdle();
            call.becomes("connected").hangUp().ends("completed", 200, "api");
            assertWhole(sipp.finish());
        }
    }
}
