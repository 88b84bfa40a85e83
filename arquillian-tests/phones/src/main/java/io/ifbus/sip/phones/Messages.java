// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.AddressFactory;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Builds the requests and responses of one phone. */
final class Messages {

    private static final int MAX_FORWARDS = 70;

    private final HeaderFactoryImpl headers = new HeaderFactoryImpl();
    private final AddressFactory addresses = new AddressFactoryImpl();
    private final MessageFactoryImpl messages = new MessageFactoryImpl();
    private final Station station;
    private final PhoneBuilder phone;
    private final Manners manners;

    Messages(Station station, PhoneBuilder phone, Manners manners) {
        this.station = station;
        this.phone = phone;
        this.manners = manners;
    }

    String uri() {
        return address() + (phone.tcp() ? ";transport=tcp" : "");
    }

    private String address() {
        return "sip:" + phone.name() + "@" + Station.ADDRESS + ":" + station.port();
    }

    /**
     * A first INVITE.
     *
     * @param extra headers for this one, besides those that the phone adds to each
     * @throws ParseException if {@code to} is not a URI
     */
    Request invite(String to, Optional<String> sdp, Map<String, String> extra)
            throws ParseException, InvalidArgumentException {
        URI target = addresses.createURI(to);
        // RFC 3263 section 4.1: without a transport parameter an address literal means UDP.
        if (phone.tcp() && target instanceof SipURI sip && sip.getTransportParam() == null)
            sip.setTransportParam("tcp");
        String transport =
                target instanceof SipURI sip && sip.getTransportParam() != null ? sip.getTransportParam() : "udp";
        Address from = addresses.createAddress(address());
        from.setDisplayName(phone.name());
        Request invite = messages.createRequest(
                target,
                Request.INVITE,
                station.provider().getNewCallId(),
                headers.createCSeqHeader(1L, Request.INVITE),
                headers.createFromHeader(from, newTag()),
                headers.createToHeader(addresses.createAddress(addresses.createURI(to)), null),
                List.of(headers.createViaHeader(Station.ADDRESS, station.port(), transport, null)),
                headers.createMaxForwardsHeader(MAX_FORWARDS));
        complete(invite, sdp);
        wishTimer(invite);
        set(invite, manners.extra(Request.INVITE));
        set(invite, extra);
        return invite;
    }

    /** The same INVITE once more, as a new transaction, with these headers set. */
    Request again(Request invite, Map<String, String> extra) throws ParseException, InvalidArgumentException {
        Request next = (Request) invite.clone();
        CSeqHeader cseq = (CSeqHeader) next.getHeader(CSeqHeader.NAME);
        cseq.setSeqNumber(cseq.getSeqNumber() + 1);
        ((ViaHeader) next.getHeader(ViaHeader.NAME)).removeParameter("branch");
        ((ToHeader) next.getHeader(ToHeader.NAME)).removeParameter("tag");
        set(next, extra);
        return next;
    }

    Request inDialog(Dialog dialog, String method, Optional<String> sdp) throws SipException, ParseException {
        Request request = dialog.createRequest(method);
        boolean refreshes = Request.INVITE.equals(method) || Request.UPDATE.equals(method);
        if (refreshes) {
            complete(request, sdp);
            wishTimer(request);
        } else if (Request.REFER.equals(method) || Request.NOTIFY.equals(method)) complete(request, Optional.empty());
        set(request, manners.extra(Request.INVITE.equals(method) ? "re-INVITE" : method));
        return request;
    }

    Request ack(Dialog dialog, long cseq, Optional<String> sdp)
            throws SipException, InvalidArgumentException, ParseException {
        Request ack = dialog.createAck(cseq);
        if (sdp.isPresent()) content(ack, "application/sdp", sdp.get());
        return ack;
    }

    void respond(ServerTransaction transaction, int status) throws Exception {
        respond(transaction, status, Optional.empty(), Map.of());
    }

    void respond(ServerTransaction transaction, int status, Optional<String> sdp) throws Exception {
        respond(transaction, status, sdp, Map.of());
    }

    void respond(ServerTransaction transaction, int status, Optional<String> sdp, Map<String, String> extra)
            throws Exception {
        Request request = transaction.getRequest();
        String method = request.getMethod();
        Response response = messages.createResponse(status, request);
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (to.getTag() == null && status > 100) to.setTag(localTag(transaction.getDialog()));
        boolean refreshes = Request.INVITE.equals(method) || Request.UPDATE.equals(method);
        if (status < 300 && (refreshes || Request.REFER.equals(method))) complete(response, sdp);
        else response.setHeader(headers.createAllowHeader(phone.allow()));
        if (status >= 200 && status < 300 && refreshes) agreeTimer(request, response);
        if (Request.OPTIONS.equals(method)) response.setHeader(headers.createHeader("Accept", "application/sdp"));
        if (status == Response.SERVER_INTERNAL_ERROR) response.setHeader(headers.createRetryAfterHeader(1));
        set(response, manners.extra(status + " " + method));
        set(response, extra);
        transaction.sendResponse(response);
    }

    private void wishTimer(Request request) throws ParseException {
        Optional<String> wish = phone.timer().wish();
        if (wish.isEmpty()) return;
        set(request, "Session-Expires", wish.get());
        if (phone.timer().minSe() > 0)
            set(request, "Min-SE", Integer.toString(phone.timer().minSe()));
    }

    private void agreeTimer(Request request, Response response) throws ParseException {
        if (!phone.supported().contains("timer")) return;
        boolean theySupport = header(request, "Supported")
                .filter(value -> value.contains("timer"))
                .isPresent();
        Optional<String> agreed = phone.timer().agreed(header(request, "Session-Expires"), theySupport);
        if (agreed.isEmpty()) return;
        set(response, "Session-Expires", agreed.get());
        // RFC 4028 section 9: the caller refreshes, so it must know that.
        if (agreed.get().endsWith("refresher=uac")) set(response, "Require", "timer");
    }

    private static String localTag(Dialog dialog) {
        return dialog == null || dialog.getLocalTag() == null ? newTag() : dialog.getLocalTag();
    }

    private static String newTag() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private void complete(Message message, Optional<String> sdp) throws ParseException {
        ContactHeader contact = headers.createContactHeader(addresses.createAddress(addresses.createURI(uri())));
        message.setHeader(contact);
        message.setHeader(headers.createAllowHeader(phone.allow()));
        if (!phone.supported().isEmpty())
            message.setHeader(headers.createSupportedHeader(String.join(", ", phone.supported())));
        if (sdp.isPresent()) content(message, "application/sdp", sdp.get());
    }

    void content(Message message, String type, String text) throws ParseException {
        String[] parts = type.split("/", 2);
        message.setContent(text, headers.createContentTypeHeader(parts[0], parts[1]));
    }

    void set(Message message, Map<String, String> values) throws ParseException {
        for (Map.Entry<String, String> header : values.entrySet()) set(message, header.getKey(), header.getValue());
    }

    /** One header, or several of that name when the value is a list. */
    void set(Message message, String name, String value) throws ParseException {
        message.removeHeader(name);
        Header parsed = StringMsgParser.parseSIPHeader(name + ": " + value);
        if (!(parsed instanceof SIPHeaderList<?> list)) message.addHeader(parsed);
        else for (Header header : list) message.addHeader(header);
    }

    /** The values of all headers of that name. */
    static Optional<String> header(Message message, String name) {
        List<String> values = new ArrayList<>();
        ListIterator<?> found = message.getHeaders(name);
        while (found.hasNext())
            values.add(found.next().toString().split(":", 2)[1].trim());
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    static Optional<String> body(Message message) {
        byte[] content = message.getRawContent();
        return content == null || content.length == 0
                ? Optional.empty()
                : Optional.of(new String(content, StandardCharsets.UTF_8));
    }
}
