// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.guarded;

import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Tells who has come in. */
public class Gate extends SipServlet {
    @Override
    protected void doMessage(SipServletRequest request) throws IOException {
        SipServletResponse response = request.createResponse(200);
        response.setHeader("X-User", String.valueOf(request.getRemoteUser()));
        response.setHeader("X-Caller", String.valueOf(request.isUserInRole("caller")));
        response.setHeader("X-Boss", String.valueOf(request.isUserInRole("boss")));
        response.send();
        request.getApplicationSession().invalidate();
    }
}
