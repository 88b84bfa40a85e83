// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a call carries from state to state.
 *
 * @param history the changes of its public state, oldest first
 */
record CallData(CallFacts facts, Legs legs, List<StateChange> history) {
    CallData {
        history = List.copyOf(history);
    }

    static CallData begin(CallFacts facts, Legs legs, CallState state, Instant at) {
        return new CallData(facts, legs, List.of(new StateChange(1, state, at)));
    }

    CallData with(Legs changed) {
        return new CallData(facts, changed, history);
    }

    /** In {@code state} from now on; nothing changes if it is there already. */
    CallData entering(CallState state, Instant at) {
        if (state() == state) {
            return this;
        }
        StateChange change = new StateChange(last().sequence() + 1, state, at);
        return new CallData(
                facts, legs, Stream.concat(history.stream(), Stream.of(change)).toList());
    }

    CallState state() {
        return last().state();
    }

    Optional<Instant> firstTime(CallState state) {
        return history.stream()
                .filter(change -> change.state() == state)
                .map(StateChange::at)
                .findFirst();
    }

    CallNotice lastChange() {
        return new CallNotice.StateChanged(last());
    }

    private StateChange last() {
        return history.get(history.size() - 1);
    }
}
