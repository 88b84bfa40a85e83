// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Map;
import java.util.Optional;

/** What the calls of one phone share. */
record Equipment(Station station, Messages messages, Line line, Watch watch, Manners manners, Exchange exchange) {

    /** The phone, to a call that asks for another call. Called on the line's thread. */
    interface Exchange {
        /** @throws IllegalArgumentException if it is not a SIP URI */
        CallCore dial(String uri, boolean withOffer, Map<String, String> headers) throws Exception;

        /** The call whose dialog this is, whatever its state. */
        Optional<CallCore> find(Replaced dialog);

        boolean allows(String method);
    }
}
