// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.core.HostPort;
import io.ifbus.sip.transport.ViaTarget;
import io.ifbus.sip.transport.Wire;
import java.io.IOException;
import java.net.InetAddress;

/** What our listening sockets have in common. */
abstract class SerialMessageProcessor extends MessageProcessor {
    private static final long LONGEST_LEAVE_MILLIS = 2000;

    protected final Wire wire;
    protected final StackNames names;
    protected final Outgoing outgoing;

    SerialMessageProcessor(
            InetAddress address, int port, String transport, SIPTransactionStack stack, Wire wire, StackNames names) {
        super(address, port, transport, stack);
        this.wire = wire;
        this.names = names;
        this.outgoing = new Outgoing(this);
    }

    /** Waits until the thread that holds a closed socket has left it: only then is the port free. */
    protected static void leave(Thread thread) {
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join(LONGEST_LEAVE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public final MessageChannel createMessageChannel(HostPort target) throws IOException {
        if (target.getPort() > 65_535) {
            throw new IOException("no port to send to at " + target);
        }
        return createMessageChannel(target.getInetAddress(), target.getPort());
    }

    @Override
    public final SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public final int getDefaultTargetPort() {
        return ViaTarget.defaultPort(getTransport());
    }

    /** Asked before a listening point is taken from its provider: ours may always go. */
    @Override
    public final boolean inUse() {
        return false;
    }
}
