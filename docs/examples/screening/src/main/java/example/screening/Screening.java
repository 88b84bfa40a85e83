// SPDX-License-Identifier: AGPL-3.0-or-later
package example.screening;

import java.io.IOException;
import java.util.Set;
import javax.annotation.Resource;
import javax.servlet.ServletException;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;

/** Lets a call through to the number behind it, unless its caller is on the list. */
public class Screening extends SipServlet {
    private static final long serialVersionUID = 1L;

    @Resource
    private SipFactory factory;

    @Override
    protected void doInvite(SipServletRequest invite) throws ServletException, IOException {
        SipURI caller = (SipURI) invite.getFrom().getURI();
        if (blocked().contains(caller.getUser())) {
            invite.createResponse(603).send();
            return;
        }
        SipURI target = (SipURI) invite.getRequestURI().clone();
        target.setHost(getInitParameter("phones-host"));
        target.setPort(Integer.parseInt(target.getUser())); // the number dialled is the phone's port
        Proxy proxy = invite.getProxy();
        proxy.setRecordRoute(true);
        proxy.setSupervised(false);
        proxy.proxyTo(factory.createURI(target.toString()));
    }

    @SuppressWarnings("unchecked")
    private Set<String> blocked() {
        return (Set<String>) getServletContext().getAttribute(BlockList.ATTRIBUTE);
    }
}
