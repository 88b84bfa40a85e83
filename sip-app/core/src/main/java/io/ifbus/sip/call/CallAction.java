// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What the machine wants done. Messages are {@link SipAction}s. */
public sealed interface CallAction {
    /** A message for the SIP stack, or the end of its work for the call. */
    sealed interface ForStack extends CallAction permits SipAction {}

    /** A message on a leg that began in another call. */
    record Elsewhere(CallId home, SipAction action) implements CallAction {}

    /** Something for another call to hear. */
    record Tell(CallId call, CallEvent event) implements CallAction {
        public Tell {
            requireNonNull(call, "call");
            requireNonNull(event, "event");
        }
    }

    /** Start, or start again, with a delay drawn evenly between the two bounds. */
    record StartTimer(TimerKey timer, Duration atLeast, Duration atMost) implements CallAction {
        public StartTimer {
            requireNonNull(timer, "timer");
            if (atLeast.compareTo(atMost) > 0) {
                throw new IllegalArgumentException("atLeast " + atLeast + " exceeds atMost " + atMost);
            }
        }

        static StartTimer of(TimerName timer, Duration delay) {
            return of(timer.ofCall(), delay);
        }

        static StartTimer of(TimerKey timer, Duration delay) {
            return new StartTimer(timer, delay, delay);
        }
    }

    /** Stop, if it runs. */
    record StopTimer(TimerKey timer) implements CallAction {
        static StopTimer of(TimerName timer) {
            return new StopTimer(timer.ofCall());
        }
    }

    /**
     * A leg was answered.
     *
     * @param direction of the leg
     * @param setup from our INVITE sent (or received) to its 2xx received (or sent)
     */
    record MeasureSetup(Direction direction, Duration setup) implements CallAction {}

    /** Tell whoever wants to hear of it. */
    record Announce(CallNotice notice) implements CallAction {
        public Announce {
            requireNonNull(notice, "notice");
        }
    }

    /** {@code event} was not expected in {@code state}; nothing came of it. */
    record NoteSurprise(String state, String event) implements CallAction {}
}
