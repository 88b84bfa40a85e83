// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.CallState;
import io.ifbus.sip.control.HangUpCalls;
import io.ifbus.sip.control.InvalidRequest;
import java.util.Optional;
import java.util.stream.Stream;

/** Which calls a query means. */
final class CallFilter {

    private CallFilter() {}

    /** @throws InvalidRequest if there is no such state */
    static HangUpCalls.Filter of(String state, String from, String to) {
        return new HangUpCalls.Filter(
                Optional.ofNullable(state).map(CallFilter::state), Optional.ofNullable(from), Optional.ofNullable(to));
    }

    private static CallState state(String word) {
        return Stream.of(CallState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("state", "'state' is none of a call's states"));
    }
}
