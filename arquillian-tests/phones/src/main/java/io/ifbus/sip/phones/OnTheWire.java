// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.List;

/** Somebody on the loopback interface whose messages were noted. */
public interface OnTheWire {

    String name();

    /** Where it listens. */
    int port();

    /** Every message that it sent or received, retransmissions included, in order. */
    List<Traced> trace();
}
