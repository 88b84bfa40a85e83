// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A CANCEL that meets an answer. */
class CancelRacesIT {

    @RegisterExtension
    final Races races = Races.onTheSharedServer();

    @Test
    void theFirstPhoneAnswersWhileItIsCancelled() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            stage.ringing(a);
            stage.becomes(call, "ringing");
            stage.cross(stage.wish(call::hangUp, a, "CANCEL"), a::answers);
            stage.ends(call, "cancelled");
        });
    }

    @Test
    void theSecondPhoneAnswersWhileItIsCancelled() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            stage.answered(a);
            stage.ringing(b);
            stage.isQuiet();
            stage.cross(stage.wish(call::hangUp, b, "CANCEL"), b::answers);
            stage.ends(call, "cancelled", "completed");
        });
    }

    @Test
    void theFarPhoneAnswersWhileTheCallerCancels() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.invites(stage.uri(Integer.toString(b.peer.port())));
            stage.ringing(b);
            a.hears("180 INVITE");
            ApiCall call = stage.callOf(a);
            stage.cross(stage.move(a::cancels, b, "CANCEL"), stage.move(b::answers, a, "200 INVITE"));
            stage.ends(call, "cancelled", "completed");
        });
    }

    @Test
    void theTargetAnswersWhileTheTransferIsCancelled() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            Actor c = stage.actor("c");
            ApiCall call = stage.connected(a, b);
            ApiTransfer transfer = call.transfers(Map.of("target", c.uri()));
            stage.ringing(c);
            stage.cross(stage.wish(() -> stage.client().cancels(transfer), c, "CANCEL"), c::answers);
            stage.survives(call);
            assertThat(transfer.look().text("state")).isIn("failed", "completed");
        });
    }

    @Test
    void theTargetAnswersWhileTheCallIsHungUp() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            Actor c = stage.actor("c");
            ApiCall call = stage.connected(a, b);
            ApiTransfer transfer = call.transfers(Map.of("target", c.uri()));
            stage.ringing(c);
            stage.cross(stage.wish(call::hangUp, c, "CANCEL"), c::answers);
            stage.ends(call, "completed");
            assertThat(transfer.look().text("state")).isIn("failed", "completed");
        });
    }

    @Test
    void theCallerCancelsWhileWeAnswer() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            ApiCall call = offered(stage, a);
            stage.cross(
                    stage.wish(() -> stage.client().decides(call, "answer"), a, "200 INVITE"),
                    stage.move(a::cancels, a, "487 INVITE"));
            stage.ends(call, "cancelled", "completed");
        });
    }

    @Test
    void theCallerCancelsWhileTheApiRejects() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            ApiCall call = offered(stage, a);
            stage.cross(
                    stage.wish(() -> stage.client().decides(call, "reject"), a, "486 INVITE"),
                    stage.move(a::cancels, a, "487 INVITE"));
            stage.ends(call, "cancelled", "busy");
        });
    }

    @Test
    void theApiRejectsWhileTheApiAnswers() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            ApiCall call = offered(stage, a);
            stage.cross(
                    stage.wish(() -> stage.client().decides(call, "answer"), a, "200 INVITE"),
                    stage.wish(() -> stage.client().decides(call, "reject"), a, "486 INVITE"));
            if (!stage.becomes(call, "connected", "terminated").equals("terminated")) call.hangUp();
            stage.ends(call, "busy", "completed");
        });
    }

    private static ApiCall offered(Stage stage, Actor caller) {
        caller.invites(stage.uri("offered"));
        caller.hears("100 INVITE");
        ApiCall call = stage.callOf(caller);
        assertThat(call.decided("ring", Map.of()).look().text("state")).isEqualTo("incoming");
        caller.hears("180 INVITE");
        return call;
    }

    @Test
    void aPhoneRingsOnceMoreWhileItIsCancelled() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            stage.ringing(a);
            stage.becomes(call, "ringing");
            stage.cross(stage.wish(call::hangUp, a, "CANCEL"), () -> a.progresses(183, "peer", true));
            stage.ends(call, "cancelled");
            assertThat(a.count("CANCEL")).isOne();
        });
    }

    @Test
    void theCancelWaitsForTheFirstRing() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            a.hears("INVITE");
            stage.cross(stage.wish(call::hangUp), a::rings);
            stage.ends(call, "cancelled");
            assertThat(a.count("CANCEL")).isOne();
        });
    }

    @Test
    void aPhoneAnswersTheCancelledInviteBeforeTheCancel() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.manners.keepsRefusal();
            a.manners.ignores("CANCEL");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            stage.ringing(a);
            stage.becomes(call, "ringing");
            call.hangUp();
            var cancel = a.hears("CANCEL");
            stage.cross(() -> a.replies(cancel, 200, "OK"), a::answers);
            stage.ends(call, "cancelled");
        });
    }

    @Test
    void aPhoneAnswersWhenItsTimeIsUp() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            long start = System.nanoTime();
            ApiCall call = stage.api().connect(a.uri(), b.uri(), Map.of("timeout", 1));
            stage.ringing(a);
            switch (stage.order) {
                case AS_TOLD -> a.sees("CANCEL");
                case REVERSED -> {}
                case RANDOM -> stage.listensUntil(start + 990_000_000L + stage.random.nextInt(60_000_000));
            }
            a.answers();
            b.manners.welcomes(Manners.Welcome.RING);
            stage.ends(call, "no_answer");
        });
    }
}
