// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Direction;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two changes of a session that meet. */
class ReinviteRacesIT {

    @RegisterExtension
    final Races races = Races.onTheSharedServer();

    @Test
    void ourReinviteMeetsThePhonesWhereTheDialogIsOurs() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.wish(call::hold, a, "INVITE"), () -> a.reinvites(Direction.SENDRECV));
            isHeldAndResumed(stage, call);
        });
    }

    @Test
    void ourReinviteMeetsThePhonesWhereTheDialogIsThePhones() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            stage.cross(stage.wish(call::hold, a, "INVITE"), () -> a.reinvites(Direction.SENDRECV));
            isHeldAndResumed(stage, call);
        });
    }

    private static void isHeldAndResumed(Stage stage, ApiCall call) {
        stage.becomes(call, "on_hold");
        stage.isQuiet();
        call.resume();
        stage.survives(call);
    }

    @Test
    void bothPhonesChangeTheSession() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            stage.cross(
                    stage.move(() -> a.reinvites(Direction.SENDRECV), b, "INVITE"),
                    stage.move(() -> b.reinvites(Direction.SENDRECV), a, "INVITE"));
            stage.survives(call);
        });
    }

    @Test
    void anUpdateMeetsAReinviteOfTheOtherPhone() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            stage.cross(
                    stage.move(() -> a.updates(Direction.SENDRECV), b, "INVITE"),
                    stage.move(() -> b.reinvites(Direction.SENDRECV), a, "INVITE"));
            stage.survives(call);
        });
    }

    @Test
    void anUpdateMeetsOurReinvite() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.wish(call::hold, a, "INVITE"), () -> a.updates(Direction.SENDRECV));
            isHeldAndResumed(stage, call);
        });
    }

    @Test
    void bothPhonesSendAnUpdate() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            stage.cross(
                    stage.move(() -> a.updates(Direction.SENDRECV), b, "INVITE"),
                    stage.move(() -> b.updates(Direction.SENDRECV), a, "INVITE"));
            stage.survives(call);
        });
    }

    @Test
    void theApiAndAPhoneHold() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.wish(call::hold, b, "INVITE"), () -> a.reinvites(Direction.SENDONLY));
            isHeldAndResumed(stage, call);
        });
    }

    @Test
    void bothPhonesHold() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.bridged(a, b);
            stage.cross(
                    stage.move(() -> a.reinvites(Direction.SENDONLY), b, "INVITE"),
                    stage.move(() -> b.reinvites(Direction.SENDONLY), a, "INVITE"));
            stage.becomes(call, "on_hold");
            stage.isQuiet();
            a.reinvites(Direction.SENDRECV);
            stage.isQuiet();
            b.reinvites(Direction.SENDRECV);
            stage.survives(call);
        });
    }

    @Test
    void theApiHoldsTwice() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.wish(call::hold, a, "INVITE"), stage.wish(call::hold, a, "INVITE"));
            stage.becomes(call, "on_hold");
            stage.isQuiet();
            assertThat(List.of(a.count("INVITE"), b.count("INVITE"))).containsExactly(1L, 1L);
            call.resume();
            stage.survives(call);
        });
    }

    @Test
    void theApiHoldsAndResumes() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.connected(a, b);
            stage.cross(stage.wish(call::hold, a, "INVITE"), stage.wish(call::resume));
            stage.becomes(call, "connected", "on_hold");
            stage.isQuiet();
            call.resume();
            stage.survives(call);
        });
    }
}
