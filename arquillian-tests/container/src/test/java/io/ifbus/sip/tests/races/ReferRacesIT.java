// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Direction;
import io.ifbus.sip.phones.Replaced;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A transfer that meets something else. */
class ReferRacesIT {

    @RegisterExtension
    final Races races = Races.onTheSharedServer();

    @Test
    void aPhoneTransfersWhileTheOtherHangsUp() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(stage.move(() -> three.b().refersTo(three.c().uri()), three.c(), "INVITE"), three.a()::byes);
            stage.ends(three.call(), "completed");
        });
    }

    @Test
    void aPhoneTransfersAndHangsUp() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(stage.move(() -> three.b().refersTo(three.c().uri()), three.c(), "INVITE"), three.b()::byes);
            three.end();
        });
    }

    @Test
    void bothPhonesTransfer() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(
                    stage.move(() -> three.a().refersTo(three.c().uri()), three.c(), "INVITE"),
                    stage.move(() -> three.b().refersTo(three.c().uri()), three.c(), "INVITE"));
            three.c().hears("ACK");
            three.end();
            assertThat(Stream.of(three.a(), three.b())
                            .mapToLong(phone -> phone.count("202 REFER"))
                            .sum())
                    .isBetween(1L, 2L);
        });
    }

    @Test
    void aPhoneTransfersWhileTheOtherChangesTheSession() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(stage.move(() -> three.b().refersTo(three.c().uri()), three.c(), "INVITE"), () -> three.a()
                    .reinvites(Direction.SENDRECV));
            three.end();
        });
    }

    @Test
    void theCallIsTransferredWhileItIsPutOnHold() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(
                    stage.wish(() -> stage.client().triesTransfer(three.call(), three.c()), three.c(), "INVITE"),
                    stage.wish(() -> stage.client().triesHold(three.call()), three.a(), "INVITE"));
            three.end();
        });
    }

    @Test
    void theCallIsHungUpWhileItIsTransferred() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(
                    stage.wish(() -> stage.client().triesTransfer(three.call(), three.c()), three.c(), "INVITE"),
                    stage.wish(three.call()::hangUp, three.a(), "BYE"));
            stage.ends(three.call(), "completed");
        });
    }

    @Test
    void aPhoneHangsUpWhileTheCallIsTransferred() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(
                    stage.wish(() -> stage.client().triesTransfer(three.call(), three.c()), three.c(), "INVITE"),
                    three.a()::byes);
            three.end();
        });
    }

    @Test
    void theApiAndAPhoneTransfer() throws Exception {
        races.runs(stage -> {
            RaceOfThree three = RaceOfThree.talking(stage);
            stage.cross(
                    stage.wish(() -> stage.client().triesTransfer(three.call(), three.c()), three.c(), "INVITE"),
                    stage.move(() -> three.b().refersTo(three.c().uri()), three.c(), "INVITE"));
            three.c().hears("ACK");
            three.end();
        });
    }

    @Test
    void aReplacementMeetsTheHangUpOfTheReplaced() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            Actor c = stage.actor("c");
            ApiCall call = stage.connected(a, b);
            Replaced replaced = b.dialog.replaceable();
            stage.cross(() -> c.invitesReplacing(stage.uri("anyone"), replaced), b::byes);
            c.hears(message -> !message.isRequest() && message.status() >= 200, "an answer");
            if (!stage.becomes(call, "connected", "terminated").equals("terminated")) {
                stage.isQuiet();
                call.hangUp();
            }
            stage.ends(call, "completed");
        });
    }
}
