// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.UAMode;

/** Connects every call to the port given by the system property {@code test.b2bua.target}. */
public class B2bua extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doInvite(SipServletRequest invite) throws ServletException, IOException {
        B2buaHelper helper = invite.getB2buaHelper();
        SipServletRequest out = helper.createRequest(invite, true, null);
        javax.servlet.sip.SipFactory factory =
                (javax.servlet.sip.SipFactory) getServletContext().getAttribute(SIP_FACTORY);
        out.setRequestURI(factory.createURI("sip:callee@127.0.0.1:" + Integer.getInteger("test.b2bua.target")
                + System.getProperty("test.b2bua.parameters", "")));
        copy(invite, out);
        out.send();
    }

    @Override
    protected void doResponse(SipServletResponse response) throws ServletException, IOException {
        B2buaHelper helper = response.getRequest().getB2buaHelper();
        SipSession other = helper.getLinkedSession(response.getSession());
        if ("INVITE".equals(response.getMethod())) {
            SipServletRequest original = helper.getLinkedSipServletRequest(response.getRequest());
            SipServletResponse back = original.createResponse(response.getStatus());
            copy(response, back);
            back.send();
        } else if ("BYE".equals(response.getMethod())) {
            response.getApplicationSession().setInvalidateWhenReady(true);
            response.getSession().setInvalidateWhenReady(true);
            if (other != null) {
                other.setInvalidateWhenReady(true);
            }
        }
    }

    @Override
    protected void doAck(SipServletRequest ack) throws ServletException, IOException {
        B2buaHelper helper = ack.getB2buaHelper();
        SipSession other = helper.getLinkedSession(ack.getSession());
        List<SipServletMessage> pending = helper.getPendingMessages(other, UAMode.UAC);
        for (SipServletMessage message : pending) {
            if (message instanceof SipServletResponse response && response.getStatus() == 200) {
                response.createAck().send();
            }
        }
    }

    @Override
    protected void doBye(SipServletRequest bye) throws ServletException, IOException {
        bye.createResponse(200).send();
        bye.getB2buaHelper()
                .getLinkedSession(bye.getSession())
                .createRequest("BYE")
                .send();
    }

    private static void copy(SipServletMessage from, SipServletMessage to) throws IOException {
        if (from.getContentLength() > 0) {
            to.setContent(from.getRawContent(), from.getContentType());
        }
    }
}
