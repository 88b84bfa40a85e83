// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Direction;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.tests.server.ApiCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a phone does so late that a timer of ours is faster; 64*T1 is 1.6 s here. */
class TimerRacesIT {

    /** From 0.2 s before the end of 64*T1 to 0.2 s behind it. */
    private static final long EARLIEST_NS = 1_400_000_000L;

    private static final int SPREAD_NS = 400_000_000;

    @RegisterExtension
    final Races races = Races.withQuickTimers();

    /** Lets time pass until well before our timer, well behind it, or about then. */
    private static void waitsForTheTimer(Stage stage, long start) {
        stage.listensUntil(start
                + switch (stage.order) {
                    case AS_TOLD -> 700_000_000L;
                    case REVERSED -> 2_400_000_000L;
                    case RANDOM -> EARLIEST_NS + stage.random.nextInt(SPREAD_NS);
                });
    }

    @Test
    void aCallerNeverAcknowledges() throws Exception {
        races.runs(stage -> {
            stage.suspends(Law.NO_BYE_BEFORE_THE_ACK);
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.manners.keepsAcks();
            a.invites(stage.uri(Integer.toString(b.peer.port())));
            stage.answered(b);
            RawMessage ok = a.hears("200 INVITE");
            long start = System.nanoTime();
            ApiCall call = stage.callOf(a);
            waitsForTheTimer(stage, start);
            if (a.isTalking()) a.says(a.dialog.ack(ok));
            if (stage.order == Stage.Order.AS_TOLD) {
                stage.survives(call);
            } else {
                if (stage.order == Stage.Order.RANDOM) call.hangUp();
                stage.ends(call, "failed", "completed", "cancelled");
                assertThat(a.count("BYE") + b.count("BYE")).isEqualTo(2);
            }
        });
    }

    @Test
    void aPhoneNeverAcknowledgesTheAnswerToItsChange() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            a.manners.keepsAcks();
            a.reinvites(Direction.SENDRECV);
            RawMessage ok = a.hears("200 INVITE");
            long start = System.nanoTime();
            waitsForTheTimer(stage, start);
            if (a.isTalking()) a.says(a.dialog.ack(ok));
            if (stage.order == Stage.Order.AS_TOLD) {
                stage.survives(call);
            } else {
                if (stage.order == Stage.Order.RANDOM) call.hangUp();
                stage.ends(call, "failed", "completed");
            }
        });
    }

    @Test
    void aPhoneNeverAnswersTheBye() throws Exception {
        races.runs(stage -> {
            stage.suspends(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST);
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            a.manners.ignores("BYE");
            call.hangUp();
            RawMessage bye = a.hears("BYE");
            long start = System.nanoTime();
            waitsForTheTimer(stage, start);
            if (stage.order == Stage.Order.AS_TOLD)
                assertThat(call.look().text("state")).isEqualTo("hanging_up");
            a.left = true;
            a.replies(bye, 200, "OK");
            stage.ends(call, "completed");
        });
    }

    @Test
    void aPhoneRingsAfterALongSilence() throws Exception {
        races.runs(stage -> {
            stage.suspends(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST);
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            a.hears("INVITE");
            long start = System.nanoTime();
            waitsForTheTimer(stage, start);
            a.rings();
            stage.isQuiet();
            if (stage.order == Stage.Order.AS_TOLD) {
                stage.becomes(call, "ringing");
                call.hangUp();
                stage.ends(call, "cancelled");
            } else {
                if (stage.order == Stage.Order.RANDOM) call.hangUp();
                stage.ends(call, "failed", "cancelled");
            }
        });
    }

    @Test
    void aPhoneAnswersWhenWeHaveGivenItUp() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            b.manners.welcomes(Manners.Welcome.RING);
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            a.hears("INVITE");
            long start = System.nanoTime();
            waitsForTheTimer(stage, start);
            a.answers();
            if (stage.order == Stage.Order.AS_TOLD) b.hears("INVITE");
            call.hangUp();
            if (stage.order == Stage.Order.AS_TOLD) a.hears("BYE");
            stage.isQuiet();
            if (a.count("ACK") == 0) stage.suspends(Law.AN_ACK_FOR_EACH_FINAL_RESPONSE);
            a.byes(); // as the phone does that has no ACK; there is no such dialog any more
            stage.ends(call, "failed", "cancelled");
        });
    }

    @Test
    void aPhoneIgnoresTheCancel() throws Exception {
        races.runs(stage -> {
            stage.suspends(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST);
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.manners.keepsRefusal();
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            stage.ringing(a);
            stage.becomes(call, "ringing");
            call.hangUp();
            a.hears("CANCEL");
            long start = System.nanoTime();
            waitsForTheTimer(stage, start);
            a.answers();
            stage.ends(call, "cancelled");
            a.hears("ACK");
            a.hears("BYE");
        });
    }

    @Test
    void aPhoneRepeatsItsAnswerBeforeOurAck() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            a.manners.keepsReinvites();
            stage.answered(a);
            RawMessage invite = b.hears("INVITE");
            b.rings();
            RawMessage ok = b.peer.response(invite, 200, "OK").sdp(b.peer.sdp());
            b.replies(invite, ok);
            b.dialog = b.peer.dialog(ok);
            a.hears("INVITE"); // with b's offer: until a agrees there is no answer for b's ACK
            stage.cross(() -> b.says(ok), a.manners::agrees);
            stage.becomes(call, "connected");
            b.hears("ACK");
            b.says(ok);
            stage.survives(call);
        });
    }
}
