// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of which clients of the API say what becomes of them. */
class OfferedIT {

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private EventReader events;

    @BeforeEach
    void opens() {
        story.api().put("/v1/routes/desk", Map.of("to", "desk@*", "target", "offer"));
        events = EventReader.open(story.api());
    }

    @AfterEach
    void closes() {
        events.close();
        story.api().delete("/v1/routes/desk");
    }

    @Test
    void areAnsweredAndWaitInSilence() {
        ApiCall call = offered();
        call.decided("answer", Map.of());
        alice.hears(200).talks().hearsSilence();
        call.becomes("connected");
        assertThat(call.look().text("history")).contains("incoming");
        Phone bob = story.phone("bob", 660);
        call.transfers(Map.of("target", bob.uri()));
        bob.rings().answers();
        alice.hearsTone(660);
        bob.hangsUp();
        call.ends("completed", 200, "callee");
    }

    @Test
    void areAnsweredWithAnEcho() {
        ApiCall call = offered();
        call.decided("answer", Map.of("connect", "echo"));
        alice.talks().hearsTone(440).hangsUp();
        call.ends("completed", 200, "caller");
    }

    @Test
    void areConnectedWithWhomTheClientNames() {
        Phone bob = story.phone("bob", 660);
        ApiCall call = offered();
        call.decided("answer", Map.of("target", bob.uri()));
        bob.rings();
        alice.hears(180);
        bob.answers();
        alice.talks().hearsTone(660);
        alice.hangsUp();
        bob.hears("BYE");
        call.ends("completed", 200, "caller");
    }

    @Test
    void ringUntilSomebodyDecides() {
        ApiCall call = offered();
        call.decided("ring", Map.of());
        alice.hears(180);
        call.decided("ring", Map.of()).decided("reject", Map.of("code", 603, "reason", "Not today"));
        alice.hears(603).isIdle();
        assertThat(alice.lastReceived("603 INVITE").text()).startsWith("SIP/2.0 603 Not today\r\n");
        call.ends("failed", 603, "api");
    }

    @Test
    void areRejectedAsBusyUnlessTold() {
        ApiCall call = offered();
        call.decided("reject", Map.of());
        alice.hears(486).isIdle();
        assertThat(alice.lastReceived("486 INVITE").text()).startsWithIgnoringCase("SIP/2.0 486 Busy Here\r\n");
        call.ends("busy", 486, "api");
    }

    @Test
    void areSentElsewhere() {
        ApiCall call = offered();
        call.decided("redirect", Map.of("target", "sip:carol@127.0.0.1:9"));
        alice.hears(302).isIdle();
        assertThat(alice.lastReceived("302 INVITE").header("Contact").orElseThrow())
                .isEqualTo("<sip:carol@127.0.0.1:9>");
        call.becomes("terminated");
        assertThat(call.look().text("hangup_cause.by")).isEqualTo("api");
    }

    @Test
    void areTakenBackByTheirCaller() {
        ApiCall call = offered();
        call.decided("ring", Map.of());
        alice.hears(180).cancels();
        alice.hears(487).isIdle();
        call.ends("cancelled", 487, "caller");
        refused(call, "answer", "terminated", List.of("hang_up"));
    }

    @Test
    void sayHowLongThereIsToDecide() {
        ApiCall call = offered();
        assertThat(events.hears("call_offered").text("timeout")).isEqualTo("20");
        call.hangUp();
        alice.hears(480).isIdle();
        call.ends("cancelled", 200, "api");
    }

    @Test
    void areDecidedOnce() {
        ApiCall call = offered();
        call.decided("answer", Map.of());
        alice.talks();
        call.becomes("connected");
        ApiAnswer again = story.api().post("/v1/calls/" + call.id() + "/reject", Map.of());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("type")).isEqualTo("if://problem/wrong-state");
        assertThat(again.text("state")).isEqualTo("connected");
        call.hangUp().ends("completed", 200, "api");
    }

    private void refused(ApiCall call, String decision, String state, List<String> allowed) {
        ApiAnswer answer = story.api().post("/v1/calls/" + call.id() + "/" + decision, Map.of());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("state")).isEqualTo(state);
        assertThat(answer.text("allowed")).isEqualTo(allowed.toString());
    }

    private ApiCall offered() {
        alice.calls(story.server().sipUri("desk"));
        EventReader.Event offer = events.hears("call_offered");
        assertThat(offer.text("from")).isEqualTo("sip:alice@127.0.0.1:" + alice.port());
        assertThat(offer.text("to")).isEqualTo(story.server().sipUri("desk"));
        assertThat(events.of(offer.text("call_id")))
                .extracting(EventReader.Event::type)
                .startsWith("call_state_changed", "incoming_call", "call_offered");
        return story.api().call(offer.text("call_id")).becomes("incoming");
    }
}
