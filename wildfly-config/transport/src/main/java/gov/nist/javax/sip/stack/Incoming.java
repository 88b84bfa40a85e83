// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.core.NameValue;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import io.ifbus.sip.transport.RawMessage;
import io.ifbus.sip.transport.ViaTarget;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.HeaderAddress;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** What is looked at in a message before it reaches the transaction layer. */
final class Incoming {
    /** A message without one of these, or with one that cannot be read, cannot be answered (RFC 3261 section 8.1.1). */
    static final Set<Class<?>> MANDATORY = Set.of(
            From.class,
            To.class,
            CSeq.class,
            Via.class,
            CallID.class,
            ContentLength.class,
            RequestLine.class,
            StatusLine.class);

    private static final Set<String> ANSWERED_WITH_CONTACT =
            Set.of(Request.INVITE, Request.SUBSCRIBE, Request.REFER, Request.NOTIFY, Request.UPDATE);
    private static final int LAST_PORT = 65_535;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][-+.A-Za-z0-9]*");

    private Incoming() {}

    static boolean isComplete(SIPMessage message) {
        return message.getFrom() != null
                && message.getTo() != null
                && message.getCallId() != null
                && message.getCSeq() != null
                && message.getTopmostVia() != null;
    }

    /** The status to refuse the request with before any transaction is made, or 0. */
    static int refusalOf(SIPRequest request, byte[] bytes, boolean reliable, SIPTransactionStack stack) {
        if (RawMessage.isOtherVersion(bytes)) {
            return Response.VERSION_NOT_SUPPORTED; // RFC 3261 section 21.5.7
        }
        if (hasBlank(request.getCallId().getCallId())
                || RawMessage.hasBareIpv6(bytes)
                || !request.getMethod().equals(request.getCSeq().getMethod())) { // RFC 3261 section 8.1.1.5
            return Response.BAD_REQUEST;
        }
        if (hasBadUri(request) || hasEmptyTag(request) || !isReachable(request, reliable, stack)) {
            return Response.BAD_REQUEST;
        }
        return 0;
    }

    /**
     * Whether a response can go where the Via says: by no transport that the request did not come by, to a port. On a
     * stream the Via may name what a proxy before us has ended, but not where a Contact of ours must name it too.
     */
    private static boolean isReachable(SIPRequest request, boolean reliable, SIPTransactionStack stack) {
        Via via = request.getTopmostVia();
        if (via.getPort() > LAST_PORT) {
            return false;
        }
        if (!reliable) {
            return "UDP".equalsIgnoreCase(via.getTransport());
        }
        return !ANSWERED_WITH_CONTACT.contains(request.getMethod())
                || Arrays.stream(stack.getMessageProcessors())
                        .anyMatch(processor -> processor.getTransport().equalsIgnoreCase(via.getTransport()));
    }

    /** Whether a tag is there and has no value (RFC 3261 section 25.1: tag-param). */
    private static boolean hasEmptyTag(SIPRequest request) {
        From from = (From) request.getFrom();
        To to = (To) request.getTo();
        return (from.hasTag() && isBlank(from.getTag())) || (to.hasTag() && isBlank(to.getTag()));
    }

    private static boolean isBlank(String value) {
        return value == null || value.isBlank();
    }

    /** Whether one of its addresses has a URI with an impossible scheme (RFC 3261 section 25.1) or port. */
    private static boolean hasBadUri(SIPRequest request) {
        boolean bad = isBad(request.getRequestURI());
        for (Iterator<SIPHeader> headers = request.getHeaders(); !bad && headers.hasNext(); ) {
            SIPHeader header = headers.next();
            bad = header instanceof SIPHeaderList<?> list ? list.stream().anyMatch(Incoming::isBad) : isBad(header);
        }
        return bad;
    }

    private static boolean isBad(Object header) {
        return header instanceof HeaderAddress address
                && address.getAddress() != null
                && isBad(address.getAddress().getURI());
    }

    private static boolean isBad(URI uri) {
        return uri instanceof SipURI sip
                ? sip.getPort() > LAST_PORT
                : uri != null
                        && !SCHEME.matcher(String.valueOf(uri.getScheme())).matches();
    }

    /** An ACK of RFC 2543 has no branch, which the stack's tables need; it is answered by nobody. */
    static void completeAck(SIPRequest request) {
        Via via = request.getTopmostVia();
        if (Request.ACK.equals(request.getMethod()) && via.getBranch() == null) {
            via.setParameter(new NameValue(Via.BRANCH, "rfc2543"));
        }
    }

    /** RFC 3261 section 25.1: a Call-ID has no white space; what names our queues has. */
    private static boolean hasBlank(String callId) {
        return callId.chars().anyMatch(c -> c <= ' ');
    }

    /** Notes on the topmost Via where the request really came from (RFC 3261 section 18.2.1, RFC 3581 section 4). */
    static void markSource(SIPRequest request, InetSocketAddress source) {
        Via via = request.getTopmostVia();
        String address = ViaTarget.text(source.getAddress());
        via.removeParameter(Via.MADDR); // a response goes back to who sent the request, and nowhere else
        try {
            if (via.hasParameter(Via.RPORT)) {
                via.setParameter(Via.RPORT, Integer.toString(source.getPort()));
                via.setParameter(Via.RECEIVED, address);
            } else if (!address.equals(StackNames.bare(via.getHost()))) {
                via.setParameter(Via.RECEIVED, address);
            } else {
                via.removeParameter(Via.RECEIVED); // what the sender says of itself would send the response elsewhere
            }
        } catch (ParseException e) {
            throw new IllegalStateException("an address is always a valid Via parameter", e);
        }
    }
}
