// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API does not do, and that nothing is sent then. */
class RefusalsIT {

    private static final Duration A_WHILE = Duration.ofMillis(200);
    private static final String INJECTED = "x\r\nX-Injected: yes";

    @RegisterExtension
    final Story story = new Story();

    static Stream<Map<String, Object>> injections() {
        return Stream.of("\r\n", "\n", "\r", "\u0000", "\u007f", "\u0085")
                .flatMap(end -> Stream.of(
                        Map.of("from", "sip:a@127.0.0.1" + end + "X: y"),
                        Map.of("to", "sip:PEER" + end + "X: y"),
                        Map.of("to", "sip:PEER?X" + end + "Y=z"),
                        Map.of("caller_id_name", "Alice" + end + "X: y"),
                        Map.of("headers", Map.of("X-IF-Note", "a" + end + "X: y")),
                        Map.of("headers", Map.of("X-IF" + end + "X", "y"))));
    }

    @ParameterizedTest
    @MethodSource("injections")
    void lineEndsInNoFieldOfACall(Map<String, Object> bad) throws IOException {
        try (RawPeer peer = new RawPeer()) {
            String there = "peer@127.0.0.1:" + peer.port();
            Map<String, Object> body =
                    new HashMap<>(Map.of("from", "sip:a@127.0.0.1", "to", "sip:" + there, "mode", "leg"));
            String field = bad.keySet().iterator().next();
            body.put(field, bad.get(field) instanceof String s ? s.replace("PEER", there) : bad.get(field));
            assertRefused(story.api().post("/v1/calls", body), field);
            peer.hearsNothing(Duration.ofMillis(50));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Via",
        "call-id",
        "Contact",
        "Route",
        "Content-Length",
        "P-Asserted-Identity",
        "From",
        "v",
        "i",
        "f",
        "t",
        "m",
        "l",
        "c",
        "x",
        "k",
        "s",
        "e",
        "r",
        "b",
        "d",
        "j",
        "y",
        "n",
        "a",
        "u",
        "o"
    })
    void headersOfTheProtocol(String name) {
        Map<String, Object> body = new HashMap<>(Map.of("from", "sip:a@127.0.0.1", "to", "sip:b@127.0.0.1:9"));
        body.put("headers", Map.of(name, "x"));
        assertRefused(story.api().post("/v1/calls", body), "headers");
    }

    @Test
    void lineEndsInNoFieldOfAnOrder() {
        Phone alice = story.phone("alice", 440);
        Phone bob = story.phone("bob", 660);
        ApiCall call = story.talking(alice, bob);
        String path = "/v1/calls/" + call.id();
        int heard = alice.trace().size() + bob.trace().size();
        assertRefused(story.api().post(path + "/transfers", Map.of("target", "sip:c@127.0.0.1:9\r\nX: y")), "target");
        assertRefused(story.api().post(path + "/transfers", Map.of("target", "tel:+1;x=\r\nX: y")), "target");
        assertRefused(story.api().post(path + "/transfers", Map.of("replaces", call.id() + "\r\n")), "replaces");
        assertRefused(
                story.api().post(path + "/transfers", Map.of("target", "sip:c@127.0.0.1:9", "method", INJECTED)),
                "method");
        assertRefused(story.api().post(path + "/dtmf", Map.of("digits", "1\r\n2")), "digits");
        assertRefused(story.api().post(path + "/dtmf", Map.of("digits", "1", "party", INJECTED)), "party");
        assertThat(alice.trace().size() + bob.trace().size()).isEqualTo(heard);
        call.hangUp().ends("completed", 200, "api");
    }

    @Test
    void lineEndsInNoFieldOfADecision() {
        Phone alice = story.phone("alice", 440);
        story.api().put("/v1/routes/desk", Map.of("to", "desk@*", "target", "offer"));
        try (EventReader events = EventReader.open(story.api())) {
            alice.calls(story.server().sipUri("desk"));
            String id = events.hears("call_offered").text("call_id");
            ApiCall call = story.api().call(id);
            String path = "/v1/calls/" + call.id();
            assertRefused(story.api().post(path + "/reject", Map.of("reason", "No\r\nX: y")), "reason");
            assertRefused(story.api().post(path + "/redirect", Map.of("target", "sip:c@127.0.0.1\r\nX: y")), "target");
            assertRefused(story.api().post(path + "/answer", Map.of("target", "sip:c@127.0.0.1\r\nX: y")), "target");
            assertRefused(story.api().post(path + "/answer", Map.of("connect", INJECTED)), "connect");
            call.becomes("incoming").hangUp();
            alice.hears(480).isIdle();
        } finally {
            story.api().delete("/v1/routes/desk");
        }
    }

    @Test
    void lineEndsInNoFieldOfARoute() {
        Map<String, Object> good = Map.of("name", "desk", "to", "desk@*", "target", "echo");
        for (String field : List.of("name", "to", "target", "from", "region")) {
            Map<String, Object> bad = new HashMap<>(good);
            bad.put(field, "sip:x@127.0.0.1\r\nX: y");
            assertRefused(story.api().post("/v1/routes", bad), field);
        }
        assertThat(story.api().get("/v1/routes/desk").status()).isEqualTo(404);
    }

    private static void assertRefused(ApiAnswer answer, String field) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("if://problem/invalid-request");
        assertThat(answer.text("field")).isEqualTo(field);
    }

    @Test
    void bodiesOfAMegabyte() {
        String body = "{\"from\": \"sip:a@127.0.0.1\", \"to\": \"sip:b@127.0.0.1:9\", \"caller_id_name\": \"%s\"}"
                .formatted("x".repeat(1 << 20));
        assertThat(story.api().post("/v1/calls", body).status()).isIn(400, 413);
        String deep = "{\"headers\": " + "[".repeat(500_000);
        assertThat(story.api().post("/v1/calls", deep).status()).isIn(400, 413);
        Phone alice = story.phone("alice", 440);
        alice.calls(story.server().sipUri("echo"));
        alice.talks().hangsUp();
        alice.hears(200, "BYE");
    }

    @Test
    void whatIsAskedOfUnknownCalls() {
        String path = "/v1/calls/" + UUID.randomUUID();
        Map<String, ApiAnswer> answers = Map.of(
                "hold", story.api().put(path + "/hold"),
                "resume", story.api().delete(path + "/hold"),
                "dtmf", story.api().post(path + "/dtmf", Map.of("digits", "1")),
                "transfer", story.api().post(path + "/transfers", Map.of("target", "sip:c@127.0.0.1")),
                "transfers", story.api().get(path + "/transfers"),
                "one transfer", story.api().get(path + "/transfers/" + UUID.randomUUID()),
                "answer", story.api().post(path + "/answer", Map.of()),
                "reject", story.api().post(path + "/reject", Map.of()),
                "get", story.api().get(path));
        answers.forEach((what, answer) -> {
            assertThat(answer.status()).as("%s: %s", what, answer).isEqualTo(404);
            assertThat(answer.text("type")).as(what).isEqualTo("if://problem/no-such-call");
        });
        assertThat(story.api().get(path + "/cdr").text("type")).isEqualTo("if://problem/no-such-cdr");
    }

    @Test
    void whatTheStateOfTheCallDoesNotAllow() {
        Phone alice = story.phone("alice", 440);
        Phone bob = story.phone("bob", 660);
        ApiCall call = story.connects(alice, bob);
        alice.rings();
        call.becomes("ringing");
        assertNothingIsPossible(call, "ringing", "[hang_up]", alice, bob);
        alice.answers();
        bob.rings().answers();
        alice.talks();
        call.becomes("connected");
        Map<String, String> elsewhere = Map.of("target", "sip:c@127.0.0.1");
        for (String decision : List.of("answer", "ring", "reject", "redirect")) {
            Map<String, String> details = decision.equals("redirect") ? elsewhere : Map.of();
            assertWrongState(story.api().post("/v1/calls/" + call.id() + "/" + decision, details), "connected");
        }
        call.hangUp().ends("completed", 200, "api");
        alice.hears("BYE").isIdle();
        bob.hears("BYE").isIdle();
        assertNothingIsPossible(call, "terminated", "[hang_up]", alice, bob);
    }

    private void assertNothingIsPossible(ApiCall call, String state, String allowed, Phone... phones) {
        int heard = Stream.of(phones).mapToInt(phone -> phone.trace().size()).sum();
        String path = "/v1/calls/" + call.id();
        for (ApiAnswer answer : List.of(
                story.api().put(path + "/hold"),
                story.api().delete(path + "/hold"),
                story.api().post(path + "/dtmf", Map.of("digits", "1")),
                story.api().post(path + "/transfers", Map.of("target", "sip:c@127.0.0.1:9")),
                story.api().post(path + "/answer", Map.of())))
            assertThat(assertWrongState(answer, state).text("allowed")).isEqualTo(allowed);
        assertThat(Stream.of(phones).mapToInt(phone -> phone.trace().size()).sum())
                .isEqualTo(heard);
    }

    private static ApiAnswer assertWrongState(ApiAnswer answer, String state) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(409);
        assertThat(answer.text("type")).isEqualTo("if://problem/wrong-state");
        assertThat(answer.text("state")).isEqualTo(state);
        return answer;
    }

    @Test
    void theSameTransferTwentyTimes() throws IOException {
        Phone alice = story.phone("alice", 440);
        Phone bob = story.phone("bob", 660);
        try (RawPeer carol = new RawPeer("carol")) {
            ApiCall call = story.talking(alice, bob);
            String path = "/v1/calls/" + call.id() + "/transfers";
            Map<String, String> key = Map.of("Idempotency-Key", "t-" + carol.port());
            Map<String, Object> order = Map.of("target", carol.uri());
            List<String> ids = IntStream.range(0, 20)
                    .parallel()
                    .mapToObj(i -> story.api().post(path, order, key))
                    .map(answer -> answer.text("transfer_id"))
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1);
            carol.hears("INVITE").answers(180, "Ringing").hearsNothing(A_WHILE);
            ApiAnswer other = story.api().post(path, Map.of("target", bob.uri()), key);
            assertThat(other.status()).isEqualTo(409);
            assertThat(other.text("type")).isEqualTo("if://problem/idempotency-conflict");
            carol.answersInvite(486, "Busy Here").hears("ACK");
            call.lastTransfer().fails(486);
            call.becomes("connected").hangUp().ends("completed", 200, "api");
        }
    }

    @Test
    void toHangUpAllByMistake() {
        ApiAnswer answer = story.api().delete("/v1/calls");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("field")).isEqualTo("all");
        assertRefused(story.api().delete("/v1/calls?state=sleeping"), "state");
    }

    @Test
    void butManyCallsAtOnceAreEndedOnDemand() {
        Phone alice = story.phone("alice", 440);
        Phone bob = story.phone("bob", 660);
        Phone carol = story.phone("carol", 880);
        ApiCall first = story.connects(alice, bob);
        ApiCall second = story.connects(carol, bob);
        ApiCall third = story.connects(bob, carol);
        alice.rings();
        carol.rings();
        bob.rings();
        for (ApiCall call : List.of(first, second, third)) call.becomes("ringing");
        assertCount(1, "?from=" + alice.uri());
        first.ends("cancelled", 200, "api");
        assertThat(second.look().text("state")).isEqualTo("ringing");
        assertCount(0, "?state=connected&to=" + bob.uri());
        assertCount(1, "?state=ringing&to=" + bob.uri());
        second.ends("cancelled", 200, "api");
        assertCount(1, "?all=true");
        third.ends("cancelled", 200, "api");
    }

    private void assertCount(int count, String query) {
        ApiAnswer answer = story.api().delete("/v1/calls" + query);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("count")).isEqualTo(Integer.toString(count));
    }
}
