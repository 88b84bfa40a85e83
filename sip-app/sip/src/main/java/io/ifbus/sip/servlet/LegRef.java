// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Home;
import io.ifbus.sip.call.LegId;
import java.io.Serializable;
import java.util.UUID;
import javax.servlet.sip.SipSession;

/** Which leg of which call a SIP session is; kept in the session. */
record LegRef(UUID uuid, int number) implements Serializable {
    private static final String ATTRIBUTE = "io.ifbus.sip.leg";

    static LegRef of(CallId call, LegId leg) {
        return new LegRef(call.uuid(), leg.number());
    }

    /** What {@code session} was marked with; null if it belongs to no call. */
    static LegRef in(SipSession session) {
        return session.isValid() ? (LegRef) session.getAttribute(ATTRIBUTE) : null;
    }

    void mark(SipSession session) {
        session.setAttribute(ATTRIBUTE, this);
    }

    CallId call() {
        return new CallId(uuid);
    }

    LegId leg() {
        return new LegId(number);
    }

    Home home() {
        return new Home(call(), leg());
    }
}
