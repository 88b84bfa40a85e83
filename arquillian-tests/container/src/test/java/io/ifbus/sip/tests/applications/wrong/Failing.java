// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.wrong;

import javax.servlet.sip.SipServlet;

/** Cannot be initialised. */
@javax.servlet.sip.annotation.SipServlet(applicationName = "moody", loadOnStartup = 1)
public class Failing extends SipServlet {
    @Override
    public void init() {
        throw new IllegalStateException("no dial plan");
    }
}
