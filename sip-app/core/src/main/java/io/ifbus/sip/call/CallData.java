// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a call carries from state to state.
 *
 * @param pair the two legs that it is about now
 * @param history the changes of its public state, oldest first
 * @param transfers all that were asked for, oldest first; each as it is now
 * @param digits what each leg is still to be sent, the digit under way first
 */
record CallData(
        CallFacts facts,
        Legs legs,
        Pair pair,
        List<StateChange> history,
        List<Transfer> transfers,
        Map<LegId, String> digits) {
    CallData {
        history = List.copyOf(history);
        transfers = List.copyOf(transfers);
        digits = Map.copyOf(digits);
    }

    static CallData begin(CallFacts facts, Legs legs, CallState state, Instant at) {
        List<StateChange> history = List.of(new StateChange(1, state, at));
        return new CallData(facts, legs, Pair.FIRST, history, List.of(), Map.of());
    }

    CallData with(Legs changed) {
        return new CallData(facts, changed, pair, history, transfers, digits);
    }

    CallData with(Pair changed) {
        return new CallData(facts, legs, changed, history, transfers, digits);
    }

    /** {@code digits} are what {@code leg} is still to be sent. */
    CallData sending(LegId leg, String rest) {
        Map<LegId, String> changed = new TreeMap<>(digits);
        changed.put(leg, rest);
        return new CallData(facts, legs, pair, history, transfers, changed);
    }

    /** With {@code transfer} in the place of its former self, or at the end. */
    CallData with(Transfer transfer) {
        List<Transfer> changed = new ArrayList<>(transfers);
        changed.removeIf(t -> t.id().equals(transfer.id()));
        changed.add(transfer);
        return new CallData(facts, legs, pair, history, changed, digits);
    }

    /** In {@code state} from now on; nothing changes if it is there already. */
    CallData entering(CallState state, Instant at) {
        if (state() == state) {
            return this;
        }
        StateChange change = new StateChange(last().sequence() + 1, state, at);
        List<StateChange> longer =
                Stream.concat(history.stream(), Stream.of(change)).toList();
        return new CallData(facts, legs, pair, longer, transfers, digits);
    }

    CallState state() {
        return last().state();
    }

    /** The party at {@code side}: as the call began, or the target of the last transfer if its address is known. */
    Party party(Side side) {
        return transfers.stream()
                .filter(t -> t.state() == Transfer.State.COMPLETED && t.transferor() == side)
                .reduce((earlier, later) -> later)
                .filter(t -> t.kind() == Transfer.Kind.BLIND || t.kind() == Transfer.Kind.ATTENDED)
                .map(t -> Party.of(t.target()))
                .orElse(side == Side.CALLER ? facts.from() : facts.to());
    }

    boolean wasConnected() {
        return firstTime(CallState.CONNECTED).isPresent();
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
