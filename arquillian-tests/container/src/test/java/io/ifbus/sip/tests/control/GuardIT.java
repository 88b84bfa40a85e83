// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host that fails time and again is left alone for a while. */
class GuardIT {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private RawPeer target;
    private String host;

    @BeforeEach
    void opens() throws IOException {
        target = new RawPeer("target");
        host = "127.0.0.1:" + target.port();
    }

    @AfterEach
    void closes() {
        target.close();
        story.api().delete("/v1/guards/" + host);
    }

    @Test
    void refusesWhatTheApiAsksAndSendsNothing() {
        try (EventReader events = EventReader.open(story.api(), "?type=connection_state_changed", Map.of())) {
            fails(3);
            EventReader.Event down =
                    events.hears("the guard open", event -> event.text("host").equals(host));
            assertThat(down.text("state")).isEqualTo("down");
            assertThat(down.text("guard")).isEqualTo("open");
            assertThat(guard()).containsEntry("state", "open");
            ApiAnswer refused = originate();
            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.text("type")).isEqualTo("if://problem/upstream-unavailable");
            assertThat(refused.text("retryable")).isEqualTo("true");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
            target.hearsNothing(Duration.ofMillis(200));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(metric("ifbus_guard_state{", "state=\"open\""))
                    .isEqualTo(1));
            assertThat(metric("ifbus_guard_refused_total{", "reason=\"open\"")).isEqualTo(1);

            assertThat(story.api().delete("/v1/guards/" + host).status()).isEqualTo(204);
            events.hears(
                    "the guard closed",
                    event -> event.text("host").equals(host)
                            && event.text("state").equals("up"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(metric("ifbus_guard_state{", "state=\"closed\""))
                    .isEqualTo(1));
            ApiCall call = story.api().call(originate().text("call_id"));
            target.hears("INVITE").answers(486, "Busy Here").hears("ACK");
            call.ends("busy", 486, "callee");
        }
    }

    private double metric(String name, String tag) {
        return story.server()
                .metrics()
                .text()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag) && line.contains("\"" + host + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void refusesCallersAndSaysWhenToComeAgain() {
        fails(3);
        alice.calls(story.server().sipUri(Integer.toString(target.port())));
        alice.hears(503).isIdle();
        assertThat(Integer.parseInt(
                        alice.lastReceived("503 INVITE").header("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        story.inbound().ends("failed", 503, "callee");
        target.hearsNothing(Duration.ofMillis(200));
    }

    @Test
    void takesABusyTargetForAHealthyOne() {
        fails(2);
        ApiCall call = story.api().call(originate().text("call_id"));
        target.hears("INVITE").answers(486, "Busy Here").hears("ACK");
        call.ends("busy", 486, "callee");
        fails(2);
        assertThat(guard()).containsEntry("state", "closed");
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            ApiAnswer begun = originate();
            assertThat(begun.status()).as("%s", begun).isEqualTo(202);
            target.hears("INVITE").answers(503, "Service Unavailable").hears("ACK");
            story.api().call(begun.text("call_id")).ends("failed", 503, "callee");
        }
    }

    private ApiAnswer originate() {
        return story.api().post("/v1/calls", Map.of("from", alice.uri(), "to", target.uri(), "mode", "leg"));
    }

    private Map<String, Object> guard() {
        return story.api().get("/v1/guards").list("guards").stream()
                .filter(guard -> guard.get("host").equals(host))
                .findFirst()
                .orElseThrow();
    }
}
