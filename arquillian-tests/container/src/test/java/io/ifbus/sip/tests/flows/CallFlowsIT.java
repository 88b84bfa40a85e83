// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.tests.server.ApiCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Calls that are made, taken, changed and ended. */
class CallFlowsIT extends FlowScene {

    @Test
    void everyDiagramOfThePageIsHere() {
        List<String> here = new ArrayList<>();
        Stream.of(CallFlowsIT.class, TransferFlowsIT.class)
                .flatMap(scene -> Arrays.stream(scene.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Flow.class))
                .forEach(method -> here.add(method.getAnnotation(Flow.class).value()));
        assertThat(here).containsExactlyInAnyOrderElementsOf(CallFlows.titles());
    }

    @Test
    @Flow("Two parties")
    void twoParties() {
        ends(story.talking(alice, bob));
    }

    @Test
    @Flow("Early media")
    void earlyMedia() {
        ApiCall call = story.connects(alice, bob, Map.of("early_media", true));
        alice.rings().answers();
        bob.rings().progresses(183);
        alice.talks();
        alice.hears("INVITE").hears("INVITE").hears("ACK").hears("ACK");
        bob.answers();
        ends(call.becomes("connected"));
    }

    @Test
    @Flow("One party")
    void oneParty() {
        ApiCall call = story.connects(alice, bob, Map.of("mode", "leg"));
        bob.rings().answers();
        call.becomes("connected");
        ends(call);
    }

    @Test
    @Flow("A call that came in, bridged by a route")
    void inboundBridged() {
        alice.calls(story.numberOf(bob));
        bob.rings();
        alice.hears(180);
        bob.answers().talks();
        alice.talks();
        ends(story.inbound().becomes("connected"));
    }

    @Test
    @Flow("A call that came in, offered to a client and answered")
    void offeredAndAnswered() {
        story.api().put("/v1/routes/offered", Map.of("target", "offer", "to", "offered@*", "position", 0));
        try {
            alice.calls(story.server().sipUri("offered"));
            alice.waits("have its INVITE there", () -> alice.received("100 INVITE") > 0);
            ApiCall call = story.inbound().becomes("incoming").decided("ring", Map.of());
            alice.hears(180);
            call.decided("answer", Map.of("target", bob.uri()));
            bob.rings().answers().talks();
            alice.talks();
            ends(call.becomes("connected"));
        } finally {
            story.api().delete("/v1/routes/offered");
        }
    }

    @Test
    @Flow("A phone hangs up")
    void aPhoneHangsUp() {
        ApiCall call = talking();
        alice.hangsUp();
        bob.hears("BYE").isIdle();
        alice.hears(200, "BYE").isIdle();
        isAsShown();
        call.ends("completed", 200, "caller");
    }

    @Test
    @Flow("A client hangs up")
    void aClientHangsUp() {
        ApiCall call = talking();
        call.hangUp().ends("completed", 200, "api");
        isAsShown();
    }

    @Test
    @Flow("A client hangs up while the first phone rings")
    void aClientHangsUpEarly() {
        ApiCall call = story.connects(alice, bob);
        alice.rings();
        call.becomes("ringing").hangUp().ends("cancelled", 200, "api");
        alice.isIdle();
        isAsShown();
    }

    @Test
    @Flow("Hold and resume, by a client")
    void holdAndResume() {
        ApiCall call = talking();
        call.hold().becomes("on_hold").resume().becomes("connected");
        ends(call);
    }

    @Test
    @Flow("Hold and resume, by a phone")
    void holdAndResumeByAPhone() {
        ApiCall call = talking();
        alice.holds();
        call.becomes("on_hold");
        alice.resumes();
        ends(call.becomes("connected"));
    }

    @Test
    @Flow("Session refresh")
    void sessionRefresh() {
        ApiCall call = talking();
        alice.updates().hears(200, "UPDATE").reinvites();
        ends(call.becomes("connected"));
    }

    @Test
    @Flow("Digits")
    void digits() {
        ApiCall call = talking();
        call.dtmf("1*");
        bob.hearsKeys("1*");
        bob.presses("5");
        alice.hearsKeys("5");
        bob.hears(200, "INFO");
        ends(call);
    }
}
