// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static io.ifbus.sip.call.CallState.CONNECTED;
import static io.ifbus.sip.call.CallState.CREATED;
import static io.ifbus.sip.call.CallState.DIALING;
import static io.ifbus.sip.call.CallState.HANGING_UP;
import static io.ifbus.sip.call.CallState.INCOMING;
import static io.ifbus.sip.call.CallState.ON_HOLD;
import static io.ifbus.sip.call.CallState.RINGING;
import static io.ifbus.sip.call.CallState.TERMINATED;
import static io.ifbus.sip.call.CallState.TRANSFERRING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The public states and the changes between them that others rely on. */
final class StateTable {
    private static final Map<CallState, Set<CallState>> MAY_BECOME = Map.of(
            CREATED, Set.of(DIALING, TERMINATED),
            DIALING, Set.of(RINGING, CONNECTED, HANGING_UP, TERMINATED),
            RINGING, Set.of(CONNECTED, HANGING_UP, TERMINATED),
            INCOMING, Set.of(CONNECTED, HANGING_UP, TERMINATED),
            CONNECTED, Set.of(ON_HOLD, TRANSFERRING, HANGING_UP, TERMINATED),
            ON_HOLD, Set.of(CONNECTED, TRANSFERRING, HANGING_UP, TERMINATED),
            TRANSFERRING, Set.of(CONNECTED, ON_HOLD, HANGING_UP, TERMINATED),
            HANGING_UP, Set.of(TERMINATED),
            TERMINATED, Set.of());

    private StateTable() {}

    static void isKeptBy(Call call) {
        List<StateChange> history = call.history();
        assertThat(history.get(0).state()).isIn(CREATED, INCOMING);
        for (int i = 1; i < history.size(); i++) {
            CallState from = history.get(i - 1).state();
            assertThat(MAY_BECOME.get(from))
                    .as("what follows %s", from)
                    .contains(history.get(i).state());
        }
    }
}
