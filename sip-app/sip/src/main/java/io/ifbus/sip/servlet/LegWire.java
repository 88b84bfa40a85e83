// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import java.util.HashMap;
import java.util.Map;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;

/**
 * The messages of one leg that wait for something. Used on its call's queue only; a field is null until it is needed.
 */
final class LegWire {
    /** The dialog; of several forks the one that was answered first. */
    SipSession session;
    /** Our last INVITE. */
    SipServletRequest sentInvite;
    /** It has a final response. */
    boolean answered;
    /** The 2xx to it that is to be acknowledged. */
    SipServletResponse success;
    /** To tag of the fork that was answered first: what other forks answer is not wanted. */
    String fork;
    /** The peer's last INVITE. */
    SipServletRequest heardInvite;
    /** The peer's BYE. */
    SipServletRequest heardBye;
    /** Looks out for a 1xx. */
    ServletTimer lookout;
    /** The peers' INFOs that we passed on this leg, by the CSeq they have here. */
    final Map<String, SipServletRequest> relayed = new HashMap<>();
}
