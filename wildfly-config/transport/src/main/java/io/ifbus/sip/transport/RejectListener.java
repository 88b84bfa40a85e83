// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.net.InetSocketAddress;

/** Is told of what was refused at the sockets, of each kind at most once in ten seconds. */
@FunctionalInterface
public interface RejectListener {
    /**
     * @param reason in words, without a full stop
     * @param suppressed how many more of that kind there were since the last time it was told
     */
    void rejected(Reject kind, InetSocketAddress peer, String reason, long suppressed);
}
