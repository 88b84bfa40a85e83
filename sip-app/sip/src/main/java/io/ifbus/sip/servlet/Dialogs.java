// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.Home;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipSession;

/** Finds legs by the names that phones have for our dialogs with them. Safe for use by any thread. */
final class Dialogs {
    private final Map<String, SipSession> sessions = new ConcurrentHashMap<>();

    void add(SipSession session) {
        sessions.put(session.getCallId(), session);
    }

    void remove(SipSession session) {
        sessions.remove(session.getCallId(), session);
    }

    /** The leg that a Replaces header names; tags must match exactly (RFC 3891 section 3). */
    Optional<Home> find(ReplacesHeader replaces) {
        return Optional.ofNullable(sessions.get(replaces.callId()))
                .filter(SipSession::isValid)
                .filter(session -> replaces.toTag()
                                .equals(session.getLocalParty().getParameter("tag"))
                        && replaces.fromTag().equals(session.getRemoteParty().getParameter("tag")))
                .map(LegRef::in)
                .map(LegRef::home);
    }
}
