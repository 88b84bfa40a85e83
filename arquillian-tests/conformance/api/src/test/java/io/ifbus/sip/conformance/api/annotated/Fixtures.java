// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api.annotated;

import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.annotation.SipApplicationKey;
import javax.servlet.sip.annotation.SipListener;
import javax.servlet.sip.annotation.SipServlet;

/** Annotated types; nobody runs them. */
public final class Fixtures {
    private Fixtures() {}

    /** With an annotation of each kind that a class may have. */
    @SipServlet(name = "main", applicationName = "a name", description = "a servlet", loadOnStartup = 2)
    @SipListener(applicationName = "a name", description = "a listener")
    public static class Main extends javax.servlet.sip.SipServlet {
        private static final long serialVersionUID = 1L;

        @SipApplicationKey(applicationName = "a name")
        public static String key(SipServletRequest request) {
            return request.getCallId();
        }
    }

    /** Has the annotations of its superclass. */
    public static final class Derived extends Main {
        private static final long serialVersionUID = 1L;
    }
}
