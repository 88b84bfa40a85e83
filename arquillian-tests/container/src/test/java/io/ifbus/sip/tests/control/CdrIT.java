// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept of calls that are over. */
class CdrIT {

    private static final Duration WRITTEN_WITHIN = Duration.ofSeconds(10);

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private final Phone bob = story.phone("bob", 660);

    @Test
    void tellEachResult() {
        Instant start = Instant.now();
        ApiCall talk = story.talking(alice, bob);
        assertThat(story.api().get(path(talk)).status()).isEqualTo(404);
        talk.hold().becomes("on_hold").resume().becomes("connected");
        bob.hangsUp();
        talk.ends("completed", 200, "callee");

        ApiCall silence = leg(Map.of("mode", "leg", "timeout", 1));
        bob.rings().hears("CANCEL").hears("ACK");
        silence.ends("no_answer", 408, "system");

        ApiCall busy = leg(Map.of("mode", "leg"));
        bob.rejects(486).hears("ACK");
        busy.ends("busy", 486, "callee");

        ApiCall refused = leg(Map.of("mode", "leg"));
        bob.rejects(404).hears("ACK");
        refused.ends("failed", 404, "callee");

        alice.calls(story.numberOf(bob));
        bob.rings();
        alice.hears(180).cancels();
        bob.hears("ACK");
        ApiCall cancelled = story.inbound().ends("cancelled", 487, "caller");

        assertRecord(talk, "outbound", "completed", 200, "callee");
        assertRecord(silence, "outbound", "no_answer", 408, "system");
        assertRecord(busy, "outbound", "busy", 486, "callee");
        assertRecord(refused, "outbound", "failed", 404, "callee");
        assertRecord(cancelled, "inbound", "cancelled", 487, "caller");
        ApiAnswer record = story.api().get(path(talk));
        assertThat(record.body()).containsKeys("connect_time", "cost");
        assertThat(Instant.parse(record.text("start_time"))).isAfterOrEqualTo(start.minusMillis(1));
        assertThat(Instant.parse(record.text("end_time"))).isAfter(Instant.parse(record.text("connect_time")));
        assertThat(record.text("details")).contains("ring_time", "hold_duration");
        assertThat(story.api().get(path(busy)).body()).doesNotContainKey("connect_time");

        List<String> all = ids(List.of(talk, silence, busy, refused));
        assertThat(listed("from=" + alice.uri() + "&to=" + bob.uri(), 4)).isEqualTo(all);
        assertThat(listed("to=" + bob.uri() + "&result=busy", 1)).isEqualTo(ids(List.of(busy)));
        assertThat(listed("direction=inbound&from=sip:alice@127.0.0.1:" + alice.port(), 1))
                .isEqualTo(ids(List.of(cancelled)));
        assertThat(listed("to=" + bob.uri() + "&since=" + Instant.now().plusSeconds(60), 0))
                .isEmpty();
        assertThat(listed("to=" + bob.uri() + "&until=" + start, 0)).isEmpty();
        assertPaged(all);
    }

    /** Newest end first, and no record twice or missing although another arrives meanwhile. */
    private void assertPaged(List<String> all) {
        String query = "/v1/cdrs?limit=2&to=" + bob.uri();
        ApiAnswer first = story.api().get(query);
        ApiCall another = leg(Map.of("mode", "leg"));
        bob.rejects(603).hears("ACK");
        another.becomes("terminated");
        listed("to=" + bob.uri(), 5);
        ApiAnswer second = story.api().get(query + "&cursor=" + first.text("next_cursor"));
        List<String> paged = new ArrayList<>(of(first));
        paged.addAll(of(second));
        assertThat(paged).isEqualTo(all);
        assertThat(second.body()).doesNotContainKey("next_cursor");
        ApiAnswer wrong = story.api().get("/v1/cdrs?cursor=nonsense");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("field")).isEqualTo("cursor");
        assertThat(story.api().get("/v1/cdrs?result=great").text("field")).isEqualTo("result");
        assertThat(story.api().get("/v1/cdrs?limit=0").text("field")).isEqualTo("limit");
    }

    private ApiCall leg(Map<String, ?> options) {
        return story.connects(alice, bob, options);
    }

    private void assertRecord(ApiCall call, String direction, String result, int code, String by) {
        ApiAnswer record = story.api().get(path(call));
        assertThat(record.status()).as("%s", record).isEqualTo(200);
        assertThat(List.of(
                        record.text("call_id"),
                        record.text("direction"),
                        record.text("result"),
                        record.text("hangup_cause.code"),
                        record.text("hangup_cause.by")))
                .containsExactly("if://call/" + call.id(), direction, result, Integer.toString(code), by);
        assertThat(record.text("from")).isEqualTo(call.look().text("from"));
        assertThat(record.text("to")).isEqualTo(call.look().text("to"));
    }

    private static String path(ApiCall call) {
        return "/v1/calls/" + call.id() + "/cdr";
    }

    /** Newest end first, as they ended one after the other. */
    private static List<String> ids(List<ApiCall> calls) {
        List<String> ids = new ArrayList<>();
        calls.forEach(call -> ids.add(0, "if://call/" + call.id()));
        return ids;
    }

    private List<String> listed(String query, int count) {
        String path = "/v1/cdrs?" + query;
        await().atMost(WRITTEN_WITHIN)
                .untilAsserted(() -> assertThat(of(story.api().get(path))).hasSize(count));
        return of(story.api().get(path));
    }

    private static List<String> of(ApiAnswer page) {
        return page.list("cdrs").stream()
                .map(record -> record.get("call_id").toString())
                .toList();
    }
}
