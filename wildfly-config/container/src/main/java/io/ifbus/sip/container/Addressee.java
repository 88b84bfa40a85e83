// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.message.SIPRequest;
import javax.sip.Dialog;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.core.dispatchers.MessageDispatcher;

/**
 * Whose a subsequent request is, as its Route, its To tag and its Request-URI say. One that is nobody's is refused here:
 * the engine would pass it on to wherever its Request-URI points, and never answer it.
 */
final class Addressee {
    private final SerialDispatcher dispatcher;

    Addressee(SerialDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** @throws Refusal 481 if no application of ours can have a part in it */
    void check(ServletRequestMessage message, SIPRequest request, Dialog dialog) throws Refusal {
        String[] tag = tag(request);
        boolean ours = tag.length > 3 && tag[1].equalsIgnoreCase(dispatcher.getApplicationServerIdHash());
        if (ours && dispatcher.getApplicationNameFromHash(tag[2]) == null) {
            throw new Refusal(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, "its application is not in service");
        }
        if (!ours
                && dialog == null
                && !request.getMethod().equals(Request.ACK) // nobody answers it
                && !isNamed(poppedRoute(message))
                && !isNamed(request.getRequestURI())) {
            throw new Refusal(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, "it belongs to no dialog here");
        }
    }

    private static String[] tag(SIPRequest request) {
        String tag = request.getToHeader().getTag();
        return tag == null ? new String[0] : tag.split("_");
    }

    private static URI poppedRoute(ServletRequestMessage message) {
        RouteHeader popped = message.getPoppedRouteHeader();
        return popped == null ? null : popped.getAddress().getURI();
    }

    private boolean isNamed(URI uri) {
        String hash = uri instanceof SipURI sip ? sip.getParameter(MessageDispatcher.RR_PARAM_APPLICATION_NAME) : null;
        return hash != null && dispatcher.getApplicationNameFromHash(hash) != null;
    }
}
