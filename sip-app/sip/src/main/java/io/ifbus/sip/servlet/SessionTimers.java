// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import java.io.Serializable;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.TimerService;

/** The timers that the SIP sessions need; those of the calls are core's. */
final class SessionTimers {
    private static final long LOOK_MS = 50;
    /** 64*T1, in which the transactions of an ended call finish, and a little. */
    private static final long FAREWELL_MS = 34_000;

    private final TimerService service;

    SessionTimers(TimerService service) {
        this.service = service;
    }

    /** Time to see whether a 1xx has come on a leg. */
    record Look(LegRef leg) implements Serializable {}

    /** Time to drop what is left of an ended call. */
    record Farewell() implements Serializable {}

    ServletTimer look(SipApplicationSession session, LegRef leg) {
        return service.createTimer(session, LOOK_MS, LOOK_MS, false, false, new Look(leg));
    }

    void farewell(SipApplicationSession session) {
        if (session.isValid()) {
            service.createTimer(session, FAREWELL_MS, false, new Farewell());
        }
    }
}
