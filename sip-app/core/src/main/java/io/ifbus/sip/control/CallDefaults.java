// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallFacts;
import java.time.Duration;
import java.util.Set;

/**
 * What holds for all calls unless something else is asked for.
 *
 * @param ringTimeout how long a party may ring
 * @param sessionInterval the Session-Expires that we propose (RFC 4028); at least 90 s
 * @param offerLimit how long a client has to say what becomes of a call that was offered
 * @param offerStatus what the caller is told if no client does; a SIP status from 400 to 699
 * @param trusted the hosts that are told who calls (RFC 3325), in lower case
 */
public record CallDefaults(
        Duration ringTimeout, Duration sessionInterval, Duration offerLimit, int offerStatus, Set<String> trusted) {
    public static final CallDefaults USUAL =
            new CallDefaults(Duration.ofSeconds(60), CallFacts.USUAL_SESSION, Duration.ofSeconds(20), 480, Set.of());

    public CallDefaults {
        requireNonNull(ringTimeout, "ringTimeout");
        requireNonNull(sessionInterval, "sessionInterval");
        requireNonNull(offerLimit, "offerLimit");
        trusted = Set.copyOf(trusted);
        if (offerStatus < 400 || offerStatus > 699) {
            throw new IllegalArgumentException("offerStatus must be 400 to 699, was " + offerStatus);
        }
    }
}
