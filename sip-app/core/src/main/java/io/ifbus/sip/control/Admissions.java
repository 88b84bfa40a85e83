// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.guard.Outcomes;
import io.ifbus.sip.guard.TargetGuard;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The INVITEs of one call that a guard let pass and waits to hear of. Safe for use by any thread. */
final class Admissions {
    private static final int TRYING = 100;
    private final Map<LegId, TargetGuard.Admitted> waiting = new ConcurrentHashMap<>();
    private final Map<LegId, Boolean> reached = new ConcurrentHashMap<>();

    void add(LegId leg, TargetGuard.Admitted admission) {
        waiting.put(leg, admission);
    }

    /** Tells the guard, if {@code event} says how a target did. */
    void heard(CallEvent event) {
        if (event instanceof LegEvent.Progressed e) {
            reached.put(e.leg(), true);
            if (e.status() > TRYING) { // it rings: its host lives, and need not wait for a person
                settle(e.leg(), false);
            }
        } else if (event instanceof LegEvent.Answered e) {
            settle(e.leg(), false);
        } else if (event instanceof LegEvent.Rejected e) {
            settle(e.leg(), Outcomes.isFailure(e.status(), reached.containsKey(e.leg())));
        } else if (event instanceof LegEvent.SendFailed e && e.action() instanceof SipAction.Invite) {
            settle(e.leg(), true);
        }
    }

    /** The call is over: what is still open was given up by us. */
    void close() {
        waiting.keySet().forEach(leg -> settle(leg, false));
    }

    private void settle(LegId leg, boolean failed) {
        TargetGuard.Admitted admission = waiting.remove(leg);
        if (admission == null) {
            return;
        }
        if (failed) {
            admission.failed();
        } else {
            admission.succeeded();
        }
    }
}
