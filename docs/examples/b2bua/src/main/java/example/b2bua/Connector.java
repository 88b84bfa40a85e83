// SPDX-License-Identifier: AGPL-3.0-or-later
package example.b2bua;

import jakarta.servlet.ServletException;
import java.io.IOException;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.UAMode;

/** Connects each call to the URI in the system property {@code b2bua.target}: two dialogs, messages carried across. */
@javax.servlet.sip.annotation.SipServlet(name = "Connector", loadOnStartup = 1)
public class Connector extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doInvite(SipServletRequest invite) throws ServletException, IOException {
        B2buaHelper helper = invite.getB2buaHelper();
        if (!invite.isInitial()) {
            carry(invite, helper.createRequest(helper.getLinkedSession(invite.getSession()), invite, null));
            return;
        }
        SipServletRequest out = helper.createRequest(invite, true, null);
        SipFactory factory = (SipFactory) getServletContext().getAttribute(SIP_FACTORY);
        out.setRequestURI(factory.createURI(System.getProperty("b2bua.target")));
        carry(invite, out);
    }

    @Override
    protected void doAck(SipServletRequest ack) throws IOException {
        SipSession other = ack.getB2buaHelper().getLinkedSession(ack.getSession());
        for (SipServletMessage message : ack.getB2buaHelper().getPendingMessages(other, UAMode.UAC)) {
            if (message instanceof SipServletResponse && "INVITE".equals(message.getMethod())) {
                carry(ack, ((SipServletResponse) message).createAck());
            }
        }
    }

    @Override
    protected void doCancel(SipServletRequest cancel) throws IOException {
        B2buaHelper helper = cancel.getB2buaHelper();
        helper.createCancel(helper.getLinkedSession(cancel.getSession())).send();
    }

    @Override
    protected void doBye(SipServletRequest bye) throws IOException {
        bye.createResponse(SipServletResponse.SC_OK).send();
        bye.getB2buaHelper().getLinkedSession(bye.getSession()).createRequest("BYE").send();
    }

    @Override
    protected void doResponse(SipServletResponse response) throws ServletException, IOException {
        if ("INVITE".equals(response.getMethod()) && response.getStatus() != SipServletResponse.SC_REQUEST_TERMINATED) {
            SipServletRequest original =
                    response.getRequest().getB2buaHelper().getLinkedSipServletRequest(response.getRequest());
            carry(response, original.createResponse(response.getStatus(), response.getReasonPhrase()));
        }
    }

    private static void carry(SipServletMessage from, SipServletMessage to) throws IOException {
        if (from.getContentLength() > 0) {
            to.setContent(from.getRawContent(), from.getContentType());
        }
        to.send();
    }
}
