// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which state of a call may follow which. */
final class StateTable {

    private static final Map<String, Set<String>> NEXT = Map.of(
            "created", Set.of("dialing", "terminated"),
            "dialing", Set.of("ringing", "connected", "hanging_up", "terminated"),
            "ringing", Set.of("connected", "hanging_up", "terminated"),
            "incoming", Set.of("connected", "hanging_up", "terminated"),
            "connected", Set.of("on_hold", "transferring", "hanging_up", "terminated"),
            "on_hold", Set.of("connected", "transferring", "hanging_up", "terminated"),
            "transferring", Set.of("connected", "on_hold", "hanging_up", "terminated"),
            "hanging_up", Set.of("terminated"),
            "terminated", Set.of());

    private StateTable() {}

    static void assertFollowedBy(List<String> history) {
        assertThat(history).first().isIn("created", "incoming");
        for (int i = 1; i < history.size(); i++)
            assertThat(NEXT.get(history.get(i - 1)))
                    .as("after %s in %s", history.get(i - 1), history)
                    .contains(history.get(i));
    }
}
