// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import gov.nist.javax.sip.stack.SerialTransports;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletMessage;

/** Answers every request by 200, an INVITE with SDP, and keeps what came for the tests to see. */
public final class Desk extends SipServlet {
    private static final long serialVersionUID = 1L;
    static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";
    static final Map<String, SipServletRequest> REQUESTS = new ConcurrentHashMap<>();
    /** By Call-ID. */
    static final Map<String, List<X509Certificate>> CERTIFICATES = new ConcurrentHashMap<>();

    static final BlockingQueue<SipServletResponse> RESPONSES = new LinkedBlockingQueue<>();

    @Override
    protected void doRequest(SipServletRequest request) throws IOException {
        REQUESTS.put(request.getMethod() + " " + request.getCallId(), request);
        CERTIFICATES.put(
                request.getCallId(),
                SerialTransports.peerCertificates(((MobicentsSipServletMessage) request).getTransaction()));
        if (request.getMethod().equals("ACK")) {
            return;
        }
        SipServletResponse ok = request.createResponse(200);
        if (request.getMethod().equals("INVITE")) {
            ok.setContent(SDP, "application/sdp");
        }
        ok.send();
    }

    @Override
    protected void doResponse(SipServletResponse response) throws IOException {
        RESPONSES.add(response);
        if (response.getMethod().equals("INVITE") && response.getStatus() == 200) {
            response.createAck().send();
        }
    }
}
