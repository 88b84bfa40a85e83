// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.Traced.Way;
import io.ifbus.sip.tests.server.ApiCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests of more than 1300 bytes, which leave by TCP if the phone has it (RFC 3261 section 18.1.1). */
class LargeRacesIT {

    private static final int PADDING = 2000;

    @RegisterExtension
    final Races races = Races.onTheSharedServer();

    @Test
    void aLongInviteToAPhoneWithoutTcpIsCancelledAndAnswered() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.manners.isWordy(PADDING);
            a.invites(stage.uri(Integer.toString(b.peer.port())));
            stage.ringing(b);
            a.hears("180 INVITE");
            assertThat(b.peer.invite().toString()).hasSizeGreaterThan(PADDING);
            ApiCall call = stage.callOf(a);
            stage.cross(stage.move(a::cancels, b, "CANCEL"), stage.move(b::answers, a, "200 INVITE"));
            stage.ends(call, "cancelled", "completed");
        });
    }

    @Test
    void aLongReinviteByTcpMeetsTheHangUp() throws Exception {
        races.runs(stage -> {
            Phone alice = stage.phone(Phone.named("alice").withoutAudio().wordy(PADDING));
            Phone bob = stage.phone(Phone.named("bob").withoutAudio());
            alice.calls(stage.uri(Integer.toString(bob.port())));
            bob.rings().answers();
            alice.talks();
            bob.talks();
            ApiCall call = stage.callOf(alice);
            stage.becomes(call, "connected");
            stage.cross(() -> alice.call().reinvite(true), bob::hangsUp);
            alice.isIdle();
            bob.isIdle();
            stage.ends(call, "completed");
            assertThat(bob.trace())
                    .filteredOn(
                            line -> line.way() == Way.RECEIVED && line.text().length() > PADDING)
                    .as("long requests of ours")
                    .isNotEmpty()
                    .allMatch(line -> line.header("Via").orElseThrow().startsWith("SIP/2.0/TCP"));
        });
    }
}
