// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import org.mobicents.servlet.sip.core.descriptor.MatchingRule;
import org.mobicents.servlet.sip.core.descriptor.MobicentsSipServletMapping;

/** The engine's form of "that servlet gets this request". */
record MappedServlet(String servlet) implements MobicentsSipServletMapping {
    @Override
    public String getServletName() {
        return servlet;
    }

    @Override
    public MatchingRule getMatchingRule() {
        return null; // the rule has been applied already
    }

    @Override
    public void setServletName(String name) {
        throw new UnsupportedOperationException("fixed by the application's descriptor");
    }

    @Override
    public void setMatchingRule(MatchingRule rule) {
        throw new UnsupportedOperationException("fixed by the application's descriptor");
    }
}
