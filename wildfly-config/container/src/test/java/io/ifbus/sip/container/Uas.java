// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.ServletException;
import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Answers every call: 180, 200. */
public class Uas extends SipServlet {
    private static final long serialVersionUID = 1L;
    static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";

    @Override
    protected void doInvite(SipServletRequest invite) throws ServletException, IOException {
        invite.createResponse(SipServletResponse.SC_RINGING).send();
        SipServletResponse ok = invite.createResponse(SipServletResponse.SC_OK);
        ok.setContent(SDP, "application/sdp");
        ok.send();
    }

    @Override
    protected void doBye(SipServletRequest bye) throws ServletException, IOException {
        bye.getApplicationSession().setInvalidateWhenReady(true);
        bye.getSession().setInvalidateWhenReady(true);
        bye.createResponse(SipServletResponse.SC_OK).send();
    }
}
