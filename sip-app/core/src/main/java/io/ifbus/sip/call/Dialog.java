// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Optional;

/**
 * What a leg remembers as long as it lives.
 *
 * @param since when its INVITE was sent or received
 * @param sent the last description we sent on it, which the next one must follow
 */
record Dialog(LegId leg, Direction direction, Instant since, Optional<Sdp> sent) {
    /** The dialog after {@code sdp} was sent in it, if any was. */
    Dialog sending(Optional<Sdp> sdp) {
        return sdp.isEmpty() ? this : new Dialog(leg, direction, since, sdp);
    }

    /** {@code sdp} as this leg may offer it. */
    Optional<Sdp> offer(Optional<Sdp> sdp) {
        return sdp.map(s -> s.keepingStreamsOf(sent).following(sent));
    }

    /** {@code sdp} as this leg may send it in response to {@code offer}; if there was none, it is an offer itself. */
    Optional<Sdp> reply(Optional<Sdp> offer, Optional<Sdp> sdp) {
        return offer.isEmpty()
                ? offer(sdp)
                : sdp.map(s -> s.answering(offer.get()).following(sent));
    }

    /** What answers {@code offer} if nothing is to come of it: each stream refused. */
    Optional<Sdp> refusal(Optional<Sdp> offer) {
        return offer.map(o -> o.refusal().following(sent));
    }

    CallAction measure(Instant answered) {
        return new CallAction.MeasureSetup(direction, java.time.Duration.between(since, answered));
    }
}
