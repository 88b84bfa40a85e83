// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

/** One message that has come in, and the way back. */
public interface Arrival {
    /** Parses and processes it; runs on the queue of its call. */
    void handle();

    /** Sends a response of the transport's own; what fails is reported, not thrown. */
    void reply(byte[] response);

    /** Whether a server transaction of that branch (in lower case) lives. */
    boolean isKnown(String branch);
}
