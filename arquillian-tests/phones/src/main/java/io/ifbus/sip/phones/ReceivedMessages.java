// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import io.ifbus.sip.phones.Traced.Way;
import java.time.Instant;
import javax.sip.SipStack;
import javax.sip.message.Response;

/** Notes each message before the stack drops retransmissions. Public because the stack makes it by name. */
public final class ReceivedMessages implements SIPMessageValve {

    private String stackName = "";

    @Override
    public void init(SipStack stack) {
        stackName = stack.getStackName();
    }

    @Override
    public boolean processRequest(SIPRequest request, MessageChannel channel) {
        Trace.record(stackName, Way.RECEIVED, request, Instant.now());
        return true;
    }

    @Override
    public boolean processResponse(Response response, MessageChannel channel) {
        Trace.record(stackName, Way.RECEIVED, (SIPMessage) response, Instant.now());
        return true;
    }

    @Override
    public void destroy() {}
}
