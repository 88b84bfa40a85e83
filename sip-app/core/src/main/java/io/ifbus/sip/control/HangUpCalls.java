// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallState;
import java.util.List;
import java.util.Optional;

/** Ends many calls. */
public final class HangUpCalls {
    private final Calls calls;

    public HangUpCalls(Calls calls) {
        this.calls = requireNonNull(calls, "calls");
    }

    /**
     * Which; what is empty does not matter.
     *
     * @param state their public state
     * @param from URI of the caller
     * @param to URI of the callee
     */
    public record Filter(Optional<CallState> state, Optional<String> from, Optional<String> to) {
        public boolean matches(CallSnapshot call) {
            return state.map(s -> s == call.state()).orElse(true)
                    && from.map(call.from()::equals).orElse(true)
                    && to.map(call.to()::equals).orElse(true);
        }
    }

    /**
     * Begins to end all living calls that match, and returns at once.
     *
     * @return how many
     */
    public int handle(Filter filter) {
        List<CallSnapshot> matching = calls.list().stream()
                .filter(call -> call.endedAt().isEmpty())
                .filter(filter::matches)
                .toList();
        matching.forEach(call -> calls.apply(call.id(), new CallEvent.HangUpRequested()));
        return matching.size();
    }
}
