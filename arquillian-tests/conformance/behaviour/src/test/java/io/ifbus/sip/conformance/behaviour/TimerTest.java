// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.TimerService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Timers of an application session (JSR 289 chapter 9). */
class TimerTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

    private Script script;
    private TimerService timers;
    private SipApplicationSession session;

    @BeforeEach
    void scene() {
        script = exchange.script();
        timers = exchange.application().timerService();
        session = exchange.factory().createApplicationSession();
    }

    @Test
    @Proves("J-9-a")
    void aTimerExpiresOnceWithItsInformation() {
        script.on("timeout", ServletTimer.class, expired -> {
            assertThat(expired.getInfo()).isEqualTo("wake up");
            assertThat(expired.getApplicationSession().getId()).isEqualTo(session.getId());
        });
        long start = System.nanoTime();
        ServletTimer timer = timers.createTimer(session, 150, false, "wake up");
        Object expired = script.gets("timeout").subject();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(149));
        assertThat(expired).isSameAs(timer);
        script.getsNo("timeout", A_WHILE);
    }

    @Test
    @Proves("J-9-b")
    void aRepeatingTimerGoesOnUntilItIsCancelled() {
        for (boolean fixedDelay : new boolean[] {true, false}) {
            int before = script.events("timeout").size();
            ServletTimer timer = timers.createTimer(session, 20, 50, fixedDelay, false, fixedDelay);
            await().atMost(Phone.PATIENCE)
                    .untilAsserted(() -> assertThat(script.events("timeout")).hasSizeGreaterThan(before + 3));
            timer.cancel();
            await().during(A_WHILE)
                    .atMost(Phone.PATIENCE)
                    .until(() -> script.events("timeout").size(), same());
        }
    }

    private static java.util.function.Predicate<Integer> same() {
        int[] last = {-1, 0};
        return size -> { // one expiry may be under way at the time of the cancel
            if (last[0] >= 0 && size > last[0]) {
                last[1]++;
            }
            last[0] = size;
            return last[1] <= 1;
        };
    }

    /** How many expiries there have been 1.2 s after the start of a timer of 100 ms whose first takes 1 s. */
    private int expiriesAfterASlowFirst(boolean fixedDelay) {
        int before = script.events("timeout").size();
        script.on("timeout", ServletTimer.class, timer -> {
            if (script.events("timeout").size() == before + 1) {
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        });
        long start = System.nanoTime();
        ServletTimer timer = timers.createTimer(session, 0, 100, fixedDelay, false, null);
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Phone.PATIENCE)
                .until(() -> System.nanoTime() - start > Duration.ofMillis(1250).toNanos());
        timer.cancel();
        return script.events("timeout").size() - before;
    }

    @Test
    @Proves("J-9-c")
    void thereIsNoTimerOfASessionThatHasEnded() {
        session.invalidate();
        assertThatThrownBy(() -> timers.createTimer(session, 10, false, null))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> timers.createTimer(session, 10, 10, false, false, null))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("J-9-c")
    void thereIsNoTimerWithoutAListener() throws Exception {
        exchange.deploysInstead(
                ApplicationDescriptor.of("test", null, List.of(Exchange.servlet("Attendant", 1)), List.of(), 0, 3));
        SipApplicationSession deaf = exchange.factory().createApplicationSession();
        TimerService service = exchange.application().timerService();
        assertThatThrownBy(() -> service.createTimer(deaf, 10, false, null)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("J-9-d")
    void theEndOfTheSessionCancelsItsTimers() {
        timers.createTimer(session, 300, false, null);
        timers.createTimer(session, 200, 50, true, false, null);
        assertThat(session.getTimers()).hasSize(2);
        session.invalidate();
        script.getsNo("timeout", Duration.ofMillis(700));
    }

    /** A slow listener delays the next expiry of a fixed delay; expiries of a fixed rate catch up. */
    @Test
    @Proves("J-9-b")
    void aFixedRateCatchesUpAndAFixedDelayDoesNot() {
        int atRate = expiriesAfterASlowFirst(false);
        int withDelay = expiriesAfterASlowFirst(true);
        assertThat(atRate).isGreaterThan(withDelay + 3);
    }
}
