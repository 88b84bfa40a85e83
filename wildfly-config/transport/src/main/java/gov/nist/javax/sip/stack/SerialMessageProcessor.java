// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.core.HostPort;
import io.ifbus.sip.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;

/** What our listening sockets have in common. */
abstract class SerialMessageProcessor extends MessageProcessor {
    protected final Wire wire;

    SerialMessageProcessor(InetAddress address, int port, String transport, SIPTransactionStack stack, Wire wire) {
        super(address, port, transport, stack);
        this.wire = wire;
    }

    @Override
    public final MessageChannel createMessageChannel(HostPort target) throws IOException {
        return createMessageChannel(target.getInetAddress(), target.getPort());
    }

    @Override
    public final SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public final int getDefaultTargetPort() {
        return 5060; // RFC 3261 section 19.1.2
    }

    @Override
    public final boolean isSecure() {
        return false;
    }
}
