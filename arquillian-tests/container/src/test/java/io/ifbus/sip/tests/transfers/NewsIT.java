// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import io.ifbus.sip.phones.Referral;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ApiTransfer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told of a transfer, and of what. */
class NewsIT extends Cast {

    @ParameterizedTest(name = "consult {0}, the target says {1}")
    @CsvSource({
        "false, 200, dialing ringing joining completed",
        "false, 486, dialing ringing failed",
        "true, 200, dialing ringing joining consulting joining completed"
    })
    void theEventStreamTellsEachState(boolean consult, int status, String states) {
        ApiCall call = talking(alice, bob);
        List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        try (Stream<String> lines = story.api().lines("/v1/events?type=transfer_state_changed&call=" + call.id())) {
            Thread reader = new Thread(() -> listen(lines, events, over), "events");
            reader.setDaemon(true);
            reader.start();
            ApiTransfer transfer = call.transfers(Map.of("target", carol.uri(), "consult", consult));
            carol.rings();
            transfer.becomes("ringing");
            if (status == 200) carol.answers();
            else carol.rejects(status);
            if (consult) transfer.becomes("consulting").complete();
            transfer.becomes(status == 200 ? "completed" : "failed");
            await().untilAsserted(() -> assertThat(events)
                    .extracting(event -> event.get("state"))
                    .containsExactly((Object[]) states.split(" ")));
            call.hangUp().ends("completed", 200, "api");
            over.set(true);
        }
        assertThat(events).allSatisfy(event -> assertThat(event)
                .containsEntry("target", carol.uri())
                .containsEntry("transferor", "callee")
                .containsEntry("kind", consult ? "attended" : "blind"));
        assertThat(events.get(events.size() - 1)).containsEntry("code", status);
        assertThat(events.get(0)).doesNotContainKey("code");
    }

    private static void listen(Stream<String> lines, List<Map<String, Object>> events, AtomicBoolean over) {
        try {
            lines.filter(line -> line.startsWith("data: {")).forEach(line -> {
                try {
                    events.add(JSON.std.mapFrom(line.substring(6)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException closed) {
            if (!over.get()) throw closed;
        }
    }

    @Test
    void aPhoneThatWantsNoNewsGetsNone() {
        ApiCall call = talking(alice, bob);
        bob.refers(Referral.to(carol.uri()).withoutSubscription()).hears(202, "REFER");
        assertThat(bob.lastReceived("202 REFER").header("Refer-Sub")).contains("false");
        carol.rings().answers();
        call.lastTransfer().becomes("completed");
        bob.hears("BYE").isIdle();
        assertThat(bob.received("NOTIFY")).isZero();
        hearEachOther(alice, carol);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void newsThatAPhoneDoesNotHearDoNotStopTheTransfer() {
        ApiCall call = talking(alice, bob);
        bob.deafTo("NOTIFY").refersTo(carol.uri()).hears(202, "REFER");
        carol.rings().answers();
        call.lastTransfer().becomes("completed");
        bob.hears("BYE").isIdle();
        hearEachOther(alice, carol);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void whoRefersIsNamedToTheTarget() {
        ApiCall call = talking(alice, bob);
        bob.refers(Referral.to(carol.uri()).referredBy("sip:boss@example.com"));
        carol.rings();
        assertThat(first(carol, "INVITE").header("Referred-By")).contains("<sip:boss@example.com>");
        carol.answers();
        call.lastTransfer().becomes("completed");
        call.becomes("connected").hangUp().ends("completed", 200, "api");
    }

    @Test
    void aNumberThatCannotBeReachedIsTold() {
        ApiCall call = talking(alice, bob);
        bob.refersTo("tel:+15551234").hears(202, "REFER");
        call.lastTransfer().becomes("failed");
        bob.waits("hear how it ended", () -> bob.call().notified().stream().anyMatch(news -> news.isLast()));
        assertThat(bob.call().notified()).last().satisfies(news -> assertThat(news.status())
                .isBetween(400, 699));
        isRestored(call, alice, bob);
    }
}
