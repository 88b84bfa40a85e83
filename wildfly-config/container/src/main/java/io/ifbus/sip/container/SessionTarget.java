// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.header.extensions.JoinHeader;
import gov.nist.javax.sip.header.extensions.ReplacesHeader;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.servlet.sip.ar.SipTargetedRequestInfo;
import javax.servlet.sip.ar.SipTargetedRequestType;
import javax.sip.Dialog;
import javax.sip.DialogState;
import javax.sip.header.Parameters;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.address.RFC2396UrlDecoder;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.SessionManagerUtil;
import org.mobicents.servlet.sip.core.session.SipApplicationSessionKey;
import org.mobicents.servlet.sip.message.TransactionApplicationData;

/**
 * The application session that an initial request asks for (JSR 289 section 15.11).
 *
 * @param session where the request wants to go
 * @param corresponding the SIP session that Join or Replaces names, or null
 */
record SessionTarget(
        SipTargetedRequestType type, MobicentsSipApplicationSession session, MobicentsSipSession corresponding) {

    SipTargetedRequestInfo info() {
        return new SipTargetedRequestInfo(type, session.getKey().getApplicationName());
    }

    /** The header that the corresponding session is filed under; null for an encoded URI. */
    String headerName() {
        return switch (type) {
            case JOIN -> JoinHeader.NAME;
            case REPLACES -> ReplacesHeader.NAME;
            case ENCODED_URI -> null;
        };
    }

    /**
     * What {@code request} asks for.
     *
     * @throws Refusal if its Join or Replaces must not be followed (RFC 3911 section 4, RFC 3891 section 3)
     */
    static Optional<SessionTarget> of(SIPRequest request, RouteHeader poppedRoute, SerialDispatcher dispatcher)
            throws Refusal {
        JoinHeader join = (JoinHeader) request.getHeader(JoinHeader.NAME);
        ReplacesHeader replaces = (ReplacesHeader) request.getHeader(ReplacesHeader.NAME);
        if (join == null && replaces == null) {
            return encoded(request, poppedRoute, dispatcher);
        }
        if (!Request.INVITE.equals(request.getMethod())) {
            throw new Refusal(Response.BAD_REQUEST, "Join or Replaces in a request that is no INVITE");
        }
        if (join != null && replaces != null) {
            throw new Refusal(Response.BAD_REQUEST, "Join and Replaces in one request");
        }
        SipStackImpl stack = (SipStackImpl) dispatcher.getSipStack();
        String id = join != null
                ? dialogId(join.getCallId(), join.getToTag(), join.getFromTag())
                : dialogId(replaces.getCallId(), replaces.getToTag(), replaces.getFromTag());
        Dialog dialog = stack.getDialog(id);
        if (dialog == null) {
            return encoded(request, poppedRoute, dispatcher); // JSR 289 section 15.11.4.4: as if it were not targeted
        }
        boolean earlyOnly = replaces != null && ((Parameters) replaces).getParameter("early-only") != null
                || replaces != null && replaces.toString().contains(";early-only");
        check(dialog, earlyOnly);
        SipTargetedRequestType type = join != null ? SipTargetedRequestType.JOIN : SipTargetedRequestType.REPLACES;
        return sessionOf(dialog, dispatcher)
                .map(session -> new SessionTarget(type, session.getSipApplicationSession(), session));
    }

    /** As the stack names dialogs: our tag first. */
    private static String dialogId(String callId, String toTag, String fromTag) {
        return (callId + ':' + toTag + ':' + fromTag).toLowerCase(Locale.ROOT);
    }

    private static void check(Dialog dialog, boolean earlyOnly) throws Refusal {
        TransactionApplicationData data = (TransactionApplicationData) dialog.getApplicationData();
        if (data != null && data.getMethod() != null && !Request.INVITE.equals(data.getMethod())) {
            throw new Refusal(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, "its dialog was not made by INVITE");
        }
        if (DialogState.TERMINATED.equals(dialog.getState())) {
            throw new Refusal(Response.DECLINE, "its dialog has ended");
        }
        boolean early = dialog.getState() == null || DialogState.EARLY.equals(dialog.getState());
        if (early && dialog.isServer()) {
            throw new Refusal(
                    Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, "its dialog is early and was not begun here");
        }
        if (earlyOnly && !early) {
            throw new Refusal(Response.BUSY_HERE, "its dialog is answered");
        }
    }

    /** The session of an application that is a party of {@code dialog}, not of one that proxied it. */
    private static Optional<MobicentsSipSession> sessionOf(Dialog dialog, SerialDispatcher dispatcher) {
        Iterator<SipContext> applications = dispatcher.findSipApplications();
        while (applications.hasNext()) {
            Iterator<MobicentsSipSession> sessions =
                    applications.next().getSipManager().getAllSipSessions();
            while (sessions.hasNext()) {
                for (MobicentsSipSession session : withDerived(sessions.next())) {
                    if (session.getProxy() == null && session.isValidInternal() && isOf(session, dialog)) {
                        return Optional.of(session);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<MobicentsSipSession> withDerived(MobicentsSipSession session) {
        List<MobicentsSipSession> all = new ArrayList<>(List.of(session));
        session.getDerivedSipSessions().forEachRemaining(all::add);
        return all;
    }

    private static boolean isOf(MobicentsSipSession session, Dialog dialog) {
        return session.getSessionCreatingDialog() == dialog;
    }

    private static Optional<SessionTarget> encoded(
            SIPRequest request, RouteHeader poppedRoute, SerialDispatcher dispatcher) {
        return encoded(poppedRoute == null ? null : poppedRoute.getAddress().getURI(), dispatcher)
                .or(() -> encoded(request.getRequestURI(), dispatcher))
                .map(session -> new SessionTarget(SipTargetedRequestType.ENCODED_URI, session, null));
    }

    private static Optional<MobicentsSipApplicationSession> encoded(
            javax.sip.address.URI uri, SerialDispatcher dispatcher) {
        String id = uri instanceof Parameters parameters
                ? parameters.getParameter(MobicentsSipApplicationSession.SIP_APPLICATION_KEY_PARAM_NAME)
                : null;
        if (id == null || id.isEmpty()) {
            return Optional.empty();
        }
        try {
            SipApplicationSessionKey key =
                    SessionManagerUtil.parseSipApplicationSessionKey(RFC2396UrlDecoder.decode(id));
            SipContext application = dispatcher.findSipApplication(key.getApplicationName());
            return application == null
                    ? Optional.empty()
                    : Optional.ofNullable(application.getSipManager().getSipApplicationSession(key, false));
        } catch (ParseException e) {
            return Optional.empty(); // somebody else's parameter of that name
        }
    }
}
