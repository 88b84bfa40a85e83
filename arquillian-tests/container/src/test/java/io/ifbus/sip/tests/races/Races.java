// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.tests.races.Stage.Order;
import io.ifbus.sip.tests.server.Api;
import io.ifbus.sip.tests.server.ServerProcess;
import io.ifbus.sip.tests.server.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Tells a story of two moves that cross in both orders, and then again and again at random, all at the same time.
 *
 * <p>The delays of one telling follow from the seed and its number; a failure names both. To repeat it:
 * {@code -Difbus.race.seed=SEED}. {@code -Difbus.race.repetitions=N} (10) tells it more often.
 */
final class Races implements BeforeEachCallback, AfterEachCallback {

    /** What happens, and how it ends. */
    interface Story {
        void tell(Stage stage) throws Exception;
    }

    private static final int REPETITIONS = Integer.getInteger("ifbus.race.repetitions", 10);
    private static final long SEED = Long.getLong("ifbus.race.seed", System.nanoTime());
    private static final int AT_A_TIME = 12;
    private static final Duration FORGETS_WITHIN = Duration.ofSeconds(10);
    private static final Pattern TROUBLE = Pattern.compile("^\\S* ?[\\d:,.]+ +(ERROR|FATAL) .*");

    private final boolean quick;
    private ServerProcess server;
    private Api api;
    private int logged;

    private Races(boolean quick) {
        this.quick = quick;
    }

    static Races onTheSharedServer() {
        return new Races(false);
    }

    /** On a server of a T1 of 25 ms: what takes 32 s elsewhere takes 1.6 s there. */
    static Races withQuickTimers() {
        return new Races(true);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server = quick ? quickServer(context) : SharedServer.of(context);
        api = server.api();
        api.put("/v1/routes/races", Map.of("to", "offered@*", "target", "offer"));
        logged = server.log().length();
    }

    private static ServerProcess quickServer(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Races.class))
                .getOrComputeIfAbsent(
                        Races.class,
                        key -> SharedServer.routed(ServerProcess.named("quick").sip("t1", "25"))
                                .start(),
                        ServerProcess.class);
    }

    /** @throws AssertionError naming order, seed and number of the tellings that went wrong */
    void runs(Story story) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> tellings = new ArrayList<>();
            tellings.add(threads.submit(() -> tells(story, Order.AS_TOLD, 0)));
            tellings.add(threads.submit(() -> tells(story, Order.REVERSED, 0)));
            for (int i = 1; i <= REPETITIONS; i++) {
                int number = i;
                tellings.add(threads.submit(() -> tells(story, Order.RANDOM, number)));
            }
            AssertionError failure = null;
            for (Future<?> telling : tellings) failure = joined(telling, failure);
            if (failure != null) throw failure;
        } finally {
            threads.shutdownNow();
        }
    }

    private static AssertionError joined(Future<?> telling, AssertionError before) throws InterruptedException {
        try {
            telling.get();
            return before;
        } catch (ExecutionException e) {
            AssertionError failure =
                    before == null ? new AssertionError(e.getCause().getMessage()) : before;
            failure.addSuppressed(e.getCause());
            return failure;
        }
    }

    private void tells(Story story, Order order, int number) {
        try (Stage stage = new Stage(server, api, order, new Random(SEED + number))) {
            try {
                story.tell(stage);
                stage.isOver();
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "%s, number %d, -Difbus.race.seed=%d: %s%s"
                                .formatted(order, number, SEED, e.getMessage(), stage.story()),
                        e);
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            for (Map<String, Object> call : api.get("/v1/calls?limit=500").list("calls"))
                if (!"terminated".equals(call.get("state")))
                    api.delete("/v1/calls/"
                            + api.call(call.get("call_id").toString()).id());
            return;
        }
        await().atMost(FORGETS_WITHIN)
                .untilAsserted(() -> assertThat(server.metrics().sum("ifbus_calls_active"))
                        .as("active calls")
                        .isZero());
        assertThat(server.log().substring(logged).lines())
                .as("what the server said")
                .noneMatch(line -> TROUBLE.matcher(line).matches());
    }
}
