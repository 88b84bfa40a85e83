// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.guarded;

import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Tells who has come in, and who that is for an EJB. */
public class Gate extends SipServlet {
    @EJB
    private Vault vault;

    @Override
    protected void doMessage(SipServletRequest request) throws IOException {
        answer(request);
    }

    final void answer(SipServletRequest request) throws IOException {
        SipServletResponse response = request.createResponse(200);
        response.setHeader("X-User", String.valueOf(request.getRemoteUser()));
        response.setHeader("X-Caller", String.valueOf(request.isUserInRole("caller")));
        response.setHeader("X-Boss", String.valueOf(request.isUserInRole("boss")));
        response.setHeader("X-Vault-Caller", vault.caller());
        response.setHeader("X-Vault-Opens", String.valueOf(isLetIn(vault::open)));
        response.setHeader("X-Vault-Records", String.valueOf(isLetIn(vault::record)));
        response.send();
        request.getApplicationSession().invalidate();
    }

    private static boolean isLetIn(Runnable door) {
        try {
            door.run();
            return true;
        } catch (EJBAccessException e) {
            return false;
        }
    }
}
