// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Direction;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hang-up that meets something else. */
class ByeRacesIT {

    @RegisterExtension
    final Races races = Races.onTheSharedServer();

    @Test
    void bothPhonesHangUp() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.move(a::byes, b, "BYE"), stage.move(b::byes, a, "BYE"));
            stage.ends(call, "completed");
        });
    }

    @Test
    void aPhoneAndTheApiHangUp() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.wish(call::hangUp, a, "BYE"), stage.move(a::byes, b, "BYE"));
            stage.ends(call, "completed");
            assertThat(call.look().text("hangup_cause.by")).isIn("api", "caller");
        });
    }

    @Test
    void aPhoneHangsUpWhileTheOtherChangesTheSession() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            stage.cross(stage.move(() -> a.reinvites(Direction.SENDONLY), b, "INVITE"), stage.move(b::byes, a, "BYE"));
            stage.ends(call, "completed");
        });
    }

    @Test
    void aPhoneHangsUpDuringItsOwnChange() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            stage.cross(stage.move(() -> b.reinvites(Direction.SENDONLY), a, "INVITE"), stage.move(b::byes, a, "BYE"));
            stage.ends(call, "completed");
        });
    }

    @Test
    void aPhoneHangsUpWhileTheOtherSendsDigits() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.move(() -> a.infos('5'), b, "INFO"), stage.move(b::byes, a, "BYE"));
            stage.ends(call, "completed");
        });
    }

    @Test
    void aCallerHangsUpBeforeItsAck() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.manners.keepsAcks();
            a.invites(stage.uri(Integer.toString(b.peer.port())));
            stage.answered(b);
            var ok = a.hears("200 INVITE");
            ApiCall call = stage.callOf(a);
            stage.cross(() -> a.says(a.dialog.ack(ok)), a::byes);
            stage.ends(call, "completed", "cancelled");
        });
    }

    @Test
    void tenClientsHangUp() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(
                    stage.wish(() -> IntStream.range(0, 10).parallel().forEach(i -> call.hangUp()), a, "BYE"),
                    stage.wish(call::hangUp, b, "BYE"));
            stage.ends(call, "completed");
            assertThat(call.look().text("hangup_cause.by")).isEqualTo("api");
        });
    }

    @Test
    void theCallIsHungUpWhileItIsPutOnHold() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(
                    stage.wish(() -> stage.client().triesHold(call), a, "INVITE"), stage.wish(call::hangUp, a, "BYE"));
            stage.ends(call, "completed");
        });
    }

    @Test
    void aPhoneHangsUpWhileItIsPutOnHold() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.wish(() -> stage.client().triesHold(call), a, "INVITE"), () -> {
                a.byes();
                if (stage.order == Stage.Order.AS_TOLD) a.sees("200 BYE"); // and refuses the re-INVITE only then
            });
            stage.ends(call, "completed");
        });
    }
}
