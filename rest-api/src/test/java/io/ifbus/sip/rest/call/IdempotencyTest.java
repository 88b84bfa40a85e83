// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.guard.TargetGuard;
import io.ifbus.sip.rest.Api;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a key does that a client gives a request. */
class IdempotencyTest {

    private static final String CALL = "{\"from\":\"sip:a@x\",\"to\":\"sip:b@y\"}";

    private final Api api = new Api();

    private Api.Answer post(String path, String key, String json) throws Exception {
        return api.call(Api.request("POST", path)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .content(json.getBytes(StandardCharsets.UTF_8)));
    }

    private long invites() {
        return api.sent.stream().filter(SipAction.Invite.class::isInstance).count();
    }

    @Test
    void the_same_key_gives_the_same_call() throws Exception {
        Api.Answer first = post("/calls", "k1", CALL);
        Api.Answer again = post("/calls", "k1", CALL.replace(",", " , "));

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(invites()).isOne();
    }

    @Test
    void another_key_gives_another_call() throws Exception {
        post("/calls", "k1", CALL);
        post("/calls", "K1", CALL);

        assertThat(invites()).isEqualTo(2);
    }

    @Test
    void the_same_key_for_another_body_is_a_conflict() throws Exception {
        post("/calls", "k1", CALL);

        Api.Answer other = post("/calls", "k1", CALL.replace("b@y", "c@y"));

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.problem()).isEqualTo("if://problem/idempotency-conflict");
        assertThat(invites()).isOne();
    }

    @Test
    void a_refusal_is_not_remembered() throws Exception {
        assertThat(post("/calls", "k1", "{\"from\":\"sip:a@x\"}").status()).isEqualTo(400);

        assertThat(post("/calls", "k1", CALL).status()).isEqualTo(202);
    }

    static Stream<String> malformed() {
        return Stream.of("", " ", "two words", "k\u00e9y", "k".repeat(256));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void a_key_that_cannot_be_one_is_refused(String key) throws Exception {
        Api.Answer answer = post("/calls", key, CALL);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo("Idempotency-Key");
        assertThat(invites()).isZero();
    }

    @Test
    void twenty_at_once_make_one_call() throws Exception {
        int many = 20;
        api.guard = waitingForASecond();
        CyclicBarrier barrier = new CyclicBarrier(many);
        Callable<String> request = () -> {
            barrier.await();
            Api.Answer answer = post("/calls", "k1", CALL);
            return answer.status() + " " + answer.json().path("call_id").asText();
        };
        Set<String> answers = new HashSet<>();
        ExecutorService clients = Executors.newFixedThreadPool(many);
        try {
            List<Future<String>> running =
                    Stream.generate(() -> clients.submit(request)).limit(many).toList();
            for (Future<String> answer : running) {
                answers.add(answer.get());
            }
        } finally {
            clients.shutdownNow();
        }

        assertThat(answers).singleElement().asString().startsWith("202 if://call/");
        assertThat(invites()).isOne();
        assertThat(api.get("/calls").json().path("total").asInt()).isOne();
    }

    /** Holds the first request up long enough for others to slip past it, if they can. */
    private static TargetGuard waitingForASecond() {
        CountDownLatch second = new CountDownLatch(2);
        return new TargetGuard() {
            @Override
            public Admission admit(String host) {
                return TargetGuard.none().admit(host);
            }

            @Override
            public Optional<Refused> barred(String host) {
                second.countDown();
                try {
                    second.await(300, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return Optional.empty();
            }
        };
    }

    @Test
    void a_transfer_is_begun_once_too() throws Exception {
        String transfers = "/calls/" + api.connected("connect").bare() + "/transfers";
        api.phonesAnswer = false;

        Api.Answer first = post(transfers, "t1", "{\"target\":\"sip:c@z\"}");
        Api.Answer again = post(transfers, "t1", "{\"target\":\"sip:c@z\"}");
        Api.Answer other = post(transfers, "t1", "{\"target\":\"sip:d@z\"}");

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.json().path("transfer_id")).isEqualTo(first.json().path("transfer_id"));
        assertThat(other.problem()).isEqualTo("if://problem/idempotency-conflict");
        assertThat(invites()).isOne();
    }
}
