// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.Home;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipSession;

/** Finds legs by the names that phones have for our dialogs with them. Safe for use by any thread. */
final class Dialogs {
    private record Entry(LegRef ref, LegWire leg) {}

    private final Map<String, Entry> legs = new ConcurrentHashMap<>();

    void add(SipSession session, LegRef ref, LegWire leg) {
        legs.put(session.getCallId(), new Entry(ref, leg));
    }

    void remove(SipSession session) {
        legs.remove(session.getCallId());
    }

    /** The leg that a Replaces header names; tags must match exactly (RFC 3891 section 3). */
    Optional<Home> find(ReplacesHeader replaces) {
        return Optional.ofNullable(legs.get(replaces.callId()))
                .filter(entry -> replaces.toTag().equals(entry.leg().localTag)
                        && replaces.fromTag().equals(entry.leg().remoteTag))
                .map(entry -> entry.ref().home());
    }
}
