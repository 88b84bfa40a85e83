// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.LegId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;

/**
 * The messages of one leg that wait for something. Used on its call's queue only, but for the two that other legs read;
 * a field is null until it is needed.
 */
final class LegWire {
    final LegId id;
    /** The dialog; of several forks the one that was answered first. */
    SipSession session;
    /** Whom we rang, as the INVITE names it, without the port; empty if the peer rang us. */
    String host = "";
    /** Our last INVITE. */
    SipServletRequest sentInvite;
    /** It has a final response. */
    boolean answered;
    /** The 2xx to it that is to be acknowledged. */
    SipServletResponse success;
    /** The challenge that its next try must answer. */
    SipServletResponse challenge;
    /** To tag of the fork that was answered first: what other forks answer is not wanted. */
    String fork;
    /** The largest Min-SE for which the peer has refused an interval. */
    Optional<Duration> minSession = Optional.empty();
    /** The peer's last INVITE. */
    SipServletRequest heardInvite;
    /** The peer's last UPDATE. */
    SipServletRequest heardUpdate;
    /** The peer's BYE. */
    SipServletRequest heardBye;
    /** Looks out for a 1xx. */
    ServletTimer lookout;
    /** The peers' INFOs that we passed on this leg, by the CSeq they have here. */
    final Map<String, SipServletRequest> relayed = new HashMap<>();
    /** The peer's REFERs: their CSeq numbers by our reference. */
    final Map<Long, String> referred = new HashMap<>();
    /** The dialog's tags, when both are known: ours and the phone's; read by whoever looks a dialog up. */
    volatile String localTag;

    volatile String remoteTag;
    /** The Session-ID of the phone at this leg; read by the leg that it is introduced to. */
    volatile String session7989;
    /** The History-Info of the newest response to our INVITE; read by the leg that it is introduced to. */
    volatile List<String> history = List.of();
    /** The leg whose phone this one talks with. */
    volatile LegWire peer;

    LegWire(LegId id) {
        this.id = id;
    }
}
