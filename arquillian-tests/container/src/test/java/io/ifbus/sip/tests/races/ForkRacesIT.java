// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.tests.server.ApiCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several phones behind a proxy that forks: they ring and answer at once. */
class ForkRacesIT {

    @RegisterExtension
    final Races races = Races.onTheSharedServer();

    @Test
    void twoForksAnswerAtOnce() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            stage.answered(a);
            RawMessage invite = b.hears("INVITE");
            b.rings();
            stage.cross(() -> b.answers(invite, "one"), () -> b.answers(invite, "two"));
            RawMessage bye = b.hears("BYE");
            assertThat(bye.toTag()).isNotEqualTo(b.dialog.request("INFO").fromTag());
            stage.survives(call);
        });
    }

    @Test
    void twoForksOfAForwardedCallAnswerAtOnce() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.invites(stage.uri(Integer.toString(b.peer.port())));
            RawMessage invite = b.hears("INVITE");
            b.rings();
            stage.cross(() -> b.answers(invite, "one"), () -> b.answers(invite, "two"));
            RawMessage bye = b.hears("BYE");
            assertThat(bye.toTag()).isNotEqualTo(b.dialog.request("INFO").fromTag());
            stage.survives(stage.callOf(a));
        });
    }

    @Test
    void aSecondForkAnswersWhileTheCallIsHungUp() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.invites(stage.uri(Integer.toString(b.peer.port())));
            RawMessage invite = b.hears("INVITE");
            b.rings();
            b.answers(invite, "one");
            ApiCall call = stage.callOf(a);
            stage.becomes(call, "connected");
            stage.isQuiet();
            stage.cross(() -> b.answers(invite, "two"), stage.wish(call::hangUp, b, "BYE"));
            b.hears(
                    message -> message.kind().equals("BYE")
                            && message.toTag().get().equals("one"),
                    "BYE of one");
            b.hears(
                    message -> message.kind().equals("BYE")
                            && message.toTag().get().equals("two"),
                    "BYE of two");
            stage.ends(call, "completed");
        });
    }

    @Test
    void aForkAnswersWhileTheOtherIsCancelled() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            ApiCall call = stage.api().connect(a.uri(), b.uri());
            RawMessage invite = a.hears("INVITE");
            a.progresses(180, "one", false);
            a.progresses(180, "two", false);
            stage.becomes(call, "ringing");
            stage.cross(stage.wish(call::hangUp, a, "CANCEL"), () -> a.answersUnlessRefused(invite, "two"));
            stage.ends(call, "cancelled");
        });
    }

    @Test
    void forksRingWithDifferentDescriptions() throws Exception {
        races.runs(stage -> {
            Actor a = stage.actor("a");
            Actor b = stage.actor("b");
            a.invites(stage.uri(Integer.toString(b.peer.port())));
            RawMessage invite = b.hears("INVITE");
            stage.cross(() -> b.progresses(183, "one", true), () -> b.progresses(183, "two", true));
            RawMessage progress = a.hears("183 INVITE");
            b.answers(invite, "two");
            RawMessage ok = a.hears("200 INVITE");
            assertThat(a.peer.trace())
                    .filteredOn(line ->
                            line.kind().equals("183 INVITE") && !line.body().isEmpty())
                    .as("descriptions before the answer")
                    .hasSize(1);
            assertThat(ok.toTag()).as("one dialog with the caller").isEqualTo(progress.toTag());
            stage.survives(stage.callOf(a));
        });
    }
}
