// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import java.time.Instant;
import javax.sip.SipStack;
import javax.sip.message.Response;

/** Notes each message before the stack drops retransmissions, and keeps it from a phone that is deaf to it. Public because the stack makes it by name. */
public final class ReceivedMessages implements SIPMessageValve {

    private String stackName = "";

    @Override
    public void init(SipStack stack) {
        stackName = stack.getStackName();
    }

    @Override
    public boolean processRequest(SIPRequest request, MessageChannel channel) {
        return Trace.received(stackName, request, from(channel), Instant.now());
    }

    @Override
    public boolean processResponse(Response response, MessageChannel channel) {
        return Trace.received(stackName, (SIPMessage) response, from(channel), Instant.now());
    }

    private static String from(MessageChannel channel) {
        return channel.getPeerPacketSourceAddress().getHostAddress() + ":" + channel.getPeerPacketSourcePort();
    }

    @Override
    public void destroy() {}
}
