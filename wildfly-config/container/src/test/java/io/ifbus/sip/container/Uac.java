// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Notes the responses it gets and does nothing about them. */
public class Uac extends SipServlet {
    private static final long serialVersionUID = 1L;
    static final BlockingQueue<SipServletResponse> RESPONSES = new LinkedBlockingQueue<>();

    @Override
    protected void doResponse(SipServletResponse response) {
        RESPONSES.add(response);
    }

    @Override
    protected void doRequest(SipServletRequest request) throws java.io.IOException {
        if (!"ACK".equals(request.getMethod())) {
            request.createResponse(200).send();
        }
    }
}
