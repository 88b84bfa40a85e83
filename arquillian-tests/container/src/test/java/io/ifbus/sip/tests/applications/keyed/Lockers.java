// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.keyed;

import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.annotation.SipApplicationKey;

/** Tells in which application session a request was put. */
@javax.servlet.sip.annotation.SipServlet
public class Lockers extends SipServlet {
    /** Null for a request without the header. */
    @SipApplicationKey
    public static String key(SipServletRequest request) {
        return request.getHeader("X-Key");
    }

    @Override
    protected void doMessage(SipServletRequest request) throws IOException {
        SipServletResponse response = request.createResponse(200);
        response.setHeader("X-Session", request.getApplicationSession().getId());
        request.getApplicationSession().setInvalidateWhenReady(false);
        response.send();
    }
}
