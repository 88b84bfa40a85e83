// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.time.Instant;
import java.util.Optional;

/** A call that is ending or has ended. Drawn at {@link Call}. */
sealed interface Closed extends Phase {
    EndCause why();

    @Override
    default Optional<EndCause> cause() {
        return Optional.of(why());
    }

    @Override
    default Step hangUp(Turn turn) {
        return turn.to(this::with); // idempotent
    }

    @Override
    default Step wish(Turn turn, CallEvent event) {
        boolean late = event instanceof CallEvent.ReplacementOffered; // its dialog has terminated (RFC 3891 section 3)
        return late ? Phase.refuseOthers(turn, event, 603).orElse(turn).to(this::with) : Phase.super.wish(turn, event);
    }

    /** Both legs were told to hang up; each ends by itself. */
    record Ending(CallData data, EndCause why) implements Closed {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            return settle(turn);
        }

        @Override
        public Step settle(Turn turn) {
            return turn.data().legs().haveEnded() ? turn.terminate(why) : turn.to(this::with);
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return timer == TimerName.END ? turn.terminate(why) : turn.to(this::with);
        }

        @Override
        public Phase with(CallData changed) {
            return new Ending(changed, why);
        }
    }

    /** Over. */
    record Terminated(CallData data, EndCause why) implements Closed {
        @Override
        public Step on(CallEvent event, Instant at) {
            Turn turn = Turn.begin(data, at); // its stack work was released: nothing can be sent
            return Phase.refuseOthers(turn, event, 603).orElse(turn).to(this::with);
        }

        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            return turn.to(this::with);
        }

        @Override
        public Phase with(CallData changed) {
            return new Terminated(changed, why);
        }
    }
}
