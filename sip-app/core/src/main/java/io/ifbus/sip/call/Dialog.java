// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a leg remembers as long as it lives.
 *
 * @param since when its INVITE was sent or received
 * @param sent the last description we sent on it, which the next one must follow
 * @param peer what its phone has said of itself
 * @param timer its session timer
 * @param retries how often its last request was sent again with other terms or credentials
 */
record Dialog(
        LegId leg, Direction direction, Instant since, Optional<Sdp> sent, Peer peer, SessionTimer timer, int retries) {
    private static final int MOST_RETRIES = 3;

    /** The dialog after {@code sdp} was sent in it, if any was. */
    Dialog sending(Optional<Sdp> sdp) {
        return sdp.isEmpty() ? this : new Dialog(leg, direction, since, sdp, peer, timer, retries);
    }

    /** The dialog after the peer accepted a request of ours. */
    Dialog accepted(Peer said) {
        Peer now = peer.then(said);
        return new Dialog(leg, direction, since, sent, now, timer.accepted(now), 0);
    }

    /** The dialog after we took a request of the peer's. */
    Dialog asked(Peer said) {
        Peer now = peer.then(said);
        return new Dialog(leg, direction, since, sent, now, timer.asked(now), 0);
    }

    Dialog with(Peer known) {
        return new Dialog(leg, direction, since, sent, known, timer, retries);
    }

    /** The dialog for another try at a request that was refused so; empty if there is nothing to try. */
    Optional<Dialog> retrying(int status, Hints hints) {
        if (retries >= MOST_RETRIES) {
            return Optional.empty();
        }
        if (status == 422 && hints.minSession().isPresent()) { // RFC 4028 section 7.4
            SessionTimer longer = timer.atLeast(hints.minSession().get());
            return Optional.of(new Dialog(leg, direction, since, sent, peer, longer, retries + 1));
        }
        return (status == 401 || status == 407) && hints.credentials()
                ? Optional.of(new Dialog(leg, direction, since, sent, peer, timer, retries + 1))
                : Optional.empty();
    }

    /** The dialog before the first try at another request. */
    Dialog untried() {
        return new Dialog(leg, direction, since, sent, peer, timer, 0);
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
        return new CallAction.MeasureSetup(direction, Duration.between(since, answered));
    }

    /** Starts the session timer anew. */
    CallAction restart() {
        return CallAction.StartTimer.of(TimerName.SESSION.of(leg), timer.due());
    }
}
