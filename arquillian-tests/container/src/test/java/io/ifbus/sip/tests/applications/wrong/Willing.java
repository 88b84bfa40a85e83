// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.wrong;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;

/** An application of the same name as {@link Failing} that is in order. */
@javax.servlet.sip.annotation.SipServlet(applicationName = "moody", loadOnStartup = 1)
public class Willing extends SipServlet {
    @Override
    protected void doOptions(SipServletRequest request) throws IOException {
        request.createResponse(200).send();
        request.getApplicationSession().invalidate();
    }

    /** The HTTP half of both. */
    @WebServlet("/page")
    public static class Page extends HttpServlet {}
}
