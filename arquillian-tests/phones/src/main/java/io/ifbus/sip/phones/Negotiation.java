// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;

/** One party's side of offer and answer in one dialog (RFC 3264). Called on the phone's line thread only. */
interface Negotiation {

    /** A description that offers what we want now. */
    String offer();

    /** Our answer to the far end's offer; empty if nothing in it is acceptable (488, RFC 3261 section 13.3.1.3). */
    Optional<String> answer(String offer);

    /** The far end's answer to our last offer. */
    void answered(String answer);

    /** The most that we want from the next offer or answer on: less than sendrecv keeps the far end on hold. */
    void wants(Direction most);

    /** Nothing more flows. */
    void end();
}
