// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.io.IOException;

/** What a connection brings, message by message. For one thread. */
public interface MessageSource {
    /**
     * The next whole message, or null at the orderly end.
     *
     * @throws IOException if the connection breaks
     * @throws WireException if the peer broke the rules; the connection is of no more use
     */
    byte[] next() throws IOException;

    /** What a source asks of its connection. */
    interface Link {
        /** A message has begun to arrive. */
        void begun();

        /** Nothing of a message is under way any more. */
        void ended();

        /** Sends bytes as they are. */
        void send(byte[] bytes) throws IOException;
    }
}
