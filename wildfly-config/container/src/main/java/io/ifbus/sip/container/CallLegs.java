// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.TooManyHopsException;
import org.mobicents.servlet.sip.message.B2buaHelperImpl;

/** The engine's helper of back-to-back user agents, with the checks of JSR 289's {@code B2buaHelper}. */
class CallLegs extends B2buaHelperImpl {
    private static final long serialVersionUID = 1L;

    /** A request without a hop left is answered 483 whatever the application does with the exception. */
    @Override
    public SipServletRequest createRequest(
            SipServletRequest original, boolean linked, Map<String, List<String>> headers) throws TooManyHopsException {
        try {
            return super.createRequest(original, linked, headers);
        } catch (TooManyHopsException e) {
            refuse((CheckedRequest) original);
            throw e;
        }
    }

    private static void refuse(CheckedRequest original) {
        if (original.isMadeHere() || original.isCommitted()) {
            return;
        }
        try {
            original.createResponse(SipServletResponse.SC_TOO_MANY_HOPS).send();
        } catch (IOException e) {
            LOG.debugf("no 483: %s", e.getMessage());
        }
    }

    @Override
    public SipServletRequest createRequest(
            SipSession session, SipServletRequest original, Map<String, List<String>> headers) {
        return super.createRequest(requireNonNull(session, "session"), requireNonNull(original, "original"), headers);
    }
}
