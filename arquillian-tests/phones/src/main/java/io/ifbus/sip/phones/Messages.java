// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
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
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Builds the requests and responses of one phone. */
final class Messages {

    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, NOTIFY, MESSAGE";
    private static final int MAX_FORWARDS = 70;

    private final HeaderFactory headers = new HeaderFactoryImpl();
    private final AddressFactory addresses = new AddressFactoryImpl();
    private final MessageFactoryImpl messages = new MessageFactoryImpl();
    private final Station station;
    private final String name;
    private final boolean tcp;

    Messages(Station station, String name, boolean tcp) {
        this.station = station;
        this.name = name;
        this.tcp = tcp;
    }

    String uri() {
        return "sip:" + name + "@" + Station.ADDRESS + ":" + station.port() + (tcp ? ";transport=tcp" : "");
    }

    /** A first INVITE. @throws ParseException if {@code to} is not a URI */
    Request invite(String to, Optional<String> sdp, Map<String, String> extra)
            throws ParseException, InvalidArgumentException {
        URI target = addresses.createURI(to);
        // RFC 3263 section 4.1: without a transport parameter an address literal means UDP.
        if (tcp && target instanceof SipURI sip && sip.getTransportParam() == null) sip.setTransportParam("tcp");
        String transport =
                target instanceof SipURI sip && sip.getTransportParam() != null ? sip.getTransportParam() : "udp";
        Address from = addresses.createAddress("sip:" + name + "@" + Station.ADDRESS + ":" + station.port());
        from.setDisplayName(name);
        Request invite = messages.createRequest(
                target,
                Request.INVITE,
                station.provider().getNewCallId(),
                headers.createCSeqHeader(1L, Request.INVITE),
                headers.createFromHeader(from, newTag()),
                headers.createToHeader(addresses.createAddress(addresses.createURI(to)), null),
                List.of(headers.createViaHeader(Station.ADDRESS, station.port(), transport, null)),
                headers.createMaxForwardsHeader(MAX_FORWARDS));
        for (Map.Entry<String, String> header : extra.entrySet())
            invite.setHeader(headers.createHeader(header.getKey(), header.getValue()));
        complete(invite, sdp);
        return invite;
    }

    Request inDialog(Dialog dialog, String method, Optional<String> sdp) throws SipException, ParseException {
        Request request = dialog.createRequest(method);
        if (Request.INVITE.equals(method)) complete(request, sdp);
        return request;
    }

    Request ack(Dialog dialog, long cseq, Optional<String> sdp)
            throws SipException, InvalidArgumentException, ParseException {
        Request ack = dialog.createAck(cseq);
        if (sdp.isPresent()) content(ack, sdp.get());
        return ack;
    }

    void respond(ServerTransaction transaction, int status) throws Exception {
        respond(transaction, status, Optional.empty());
    }

    void respond(ServerTransaction transaction, int status, Optional<String> sdp) throws Exception {
        Request request = transaction.getRequest();
        Response response = messages.createResponse(status, request);
        ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
        if (to.getTag() == null) to.setTag(localTag(transaction.getDialog()));
        boolean refreshes = Request.INVITE.equals(request.getMethod()) || Request.UPDATE.equals(request.getMethod());
        if (status < 300 && refreshes) complete(response, sdp);
        else response.setHeader(headers.createAllowHeader(ALLOW));
        if (Request.OPTIONS.equals(request.getMethod()))
            response.setHeader(headers.createHeader("Accept", "application/sdp"));
        if (status == Response.BAD_EXTENSION)
            response.setHeader(headers.createUnsupportedHeader(
                    request.getHeader("Require").toString().split(":", 2)[1].trim()));
        if (status == Response.SERVER_INTERNAL_ERROR) response.setHeader(headers.createRetryAfterHeader(1));
        transaction.sendResponse(response);
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
        message.setHeader(headers.createAllowHeader(ALLOW));
        if (sdp.isPresent()) content(message, sdp.get());
    }

    private void content(Message message, String sdp) throws ParseException {
        message.setContent(sdp, headers.createContentTypeHeader("application", "sdp"));
    }

    static Optional<String> body(Message message) {
        byte[] content = message.getRawContent();
        return content == null || content.length == 0
                ? Optional.empty()
                : Optional.of(new String(content, StandardCharsets.UTF_8));
    }
}
