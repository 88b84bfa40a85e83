// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.util.List;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import org.junit.jupiter.api.Test;

class TimersApiTest extends ApiScene {
    private static List<ServletTimer> expiries(ServletTimer timer) {
        return Recorder.seen("timeout").stream()
                .map(seen -> (ServletTimer) seen.event())
                .filter(timer::equals)
                .toList();
    }

    @Test
    @Proves({
        "ServletTimer",
        "ServletTimer.getId",
        "ServletTimer.getInfo",
        "ServletTimer.getApplicationSession",
        "ServletTimer.getTimeRemaining",
        "ServletTimer.scheduledExecutionTime",
        "TimerListener",
        "TimerListener.timeout",
        "TimerService",
        "TimerService.createTimer-SipApplicationSession-long-boolean-Serializable"
    })
    void aTimerExpiresOnce() {
        SipApplicationSession session = factory.createApplicationSession();
        TimerService timers = container.application.timerService();
        long before = System.currentTimeMillis();
        ServletTimer timer = timers.createTimer(session, 300, false, "info");
        ServletTimer other = timers.createTimer(session, 60_000, false, null);

        assertThat(ServletTimer.class).isInterface();
        assertThat(TimerService.class).isInterface();
        assertThat(TimerListener.class).isInterface();
        assertThat(timer.getId()).isNotBlank().isNotEqualTo(other.getId());
        assertThat(timer.getInfo()).isEqualTo("info");
        assertThat(other.getInfo()).isNull();
        assertThat(timer.getApplicationSession()).isEqualTo(session);
        assertThat(timer.getTimeRemaining()).isBetween(-10_000L, 300L);
        assertThat(other.getTimeRemaining()).isBetween(50_000L, 60_000L);

        await().untilAsserted(() -> assertThat(expiries(timer)).hasSize(1));
        assertThat(System.currentTimeMillis() - before).isGreaterThanOrEqualTo(299);
        assertThat(timer.scheduledExecutionTime()).isBetween(before + 300, System.currentTimeMillis());
        await().untilAsserted(() -> assertThat(session.getTimers()).containsExactly(other));
        assertThat(expiries(other)).isEmpty();
        await().untilAsserted(() -> assertThat(timer.getTimeRemaining()).isNegative());
    }

    @Test
    @Proves({
        "TimerService.createTimer-SipApplicationSession-long-long-boolean-boolean-Serializable",
        "ServletTimer.cancel"
    })
    void aRepeatingTimerExpiresUntilItIsCancelled() {
        SipApplicationSession session = factory.createApplicationSession();
        TimerService timers = container.application.timerService();
        for (boolean fixedDelay : new boolean[] {true, false}) {
            ServletTimer timer = timers.createTimer(session, 10, 20, fixedDelay, false, "tick");
            await().untilAsserted(() -> assertThat(expiries(timer)).hasSizeGreaterThan(3));
            timer.cancel();
            timer.cancel();
            assertThat(session.getTimers()).isEmpty();
            int now = expiries(timer).size();
            ServletTimer later = timers.createTimer(session, 200, false, "later");
            await().untilAsserted(() -> assertThat(expiries(later)).hasSize(1));
            assertThat(expiries(timer).size()).isBetween(now, now + 1); // one may have been on its way
        }
    }

    @Test
    @Proves("ServletTimer.cancel")
    void aTimerThatIsCancelledInItsExpiryDoesNotExpireAgain() {
        SipApplicationSession session = factory.createApplicationSession();
        Recorder.during = seen -> {
            if (seen.event() instanceof ServletTimer timer && "cancel me".equals(timer.getInfo())) {
                timer.cancel();
            }
        };
        TimerService timers = container.application.timerService();
        ServletTimer timer = timers.createTimer(session, 1, 20, false, false, "cancel me");
        await().untilAsserted(() -> assertThat(expiries(timer)).isNotEmpty());
        ServletTimer later = timers.createTimer(session, 200, false, "later");
        await().untilAsserted(() -> assertThat(expiries(later)).hasSize(1));
        assertThat(expiries(timer)).hasSize(1);
    }

    @Test
    @Proves({
        "TimerService.createTimer-SipApplicationSession-long-boolean-Serializable",
        "TimerService.createTimer-SipApplicationSession-long-long-boolean-boolean-Serializable"
    })
    void aTimerNeedsALivingSession() {
        SipApplicationSession session = factory.createApplicationSession();
        TimerService timers = container.application.timerService();
        ServletTimer open = timers.createTimer(session, 200, false, "open");
        session.invalidate();

        assertThatThrownBy(() -> timers.createTimer(session, 1, false, null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> timers.createTimer(session, 1, 1, false, false, null))
                .isInstanceOf(IllegalStateException.class);
        SipApplicationSession living = factory.createApplicationSession();
        ServletTimer later = timers.createTimer(living, 400, false, "later");
        await().untilAsserted(() -> assertThat(expiries(later)).hasSize(1));
        assertThat(expiries(open)).isEmpty();
    }
}
