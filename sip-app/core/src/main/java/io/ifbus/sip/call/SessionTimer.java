// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The session timer of one dialog (RFC 4028), so that a call whose phone has gone does not live for ever.
 *
 * @param interval the longest time between two refreshes
 * @param ours we refresh; otherwise the peer does, and we end the session if it does not
 */
record SessionTimer(Duration interval, boolean ours) {
    /** The smallest interval that we take (RFC 4028 section 4). */
    static final Duration SMALLEST = Duration.ofSeconds(90);

    private static final Duration LONGEST_GRACE = Duration.ofSeconds(32);

    SessionTimer {
        if (requireNonNull(interval, "interval").compareTo(SMALLEST) < 0) {
            throw new IllegalArgumentException("interval must be at least " + SMALLEST + ", was " + interval);
        }
    }

    /** As the peer's 2xx to our request settles it (section 7.2); a peer that knows no timers is refreshed by us. */
    SessionTimer accepted(Peer peer) {
        return peer.session()
                .map(terms -> new SessionTimer(
                        longer(terms.interval(), SMALLEST), terms.refresher() != SessionTerms.Refresher.UAS))
                .orElse(new SessionTimer(interval, true));
    }

    /** As we settle it when the peer's request asks (section 9). */
    SessionTimer asked(Peer peer) {
        Duration wanted = peer.session()
                .map(SessionTerms::interval)
                .filter(i -> i.compareTo(interval) < 0)
                .orElse(interval);
        boolean theirs = peer.supports("timer")
                && peer.session()
                        .map(t -> t.refresher() != SessionTerms.Refresher.UAS)
                        .orElse(true);
        Duration least = longer(peer.minSession().orElse(SMALLEST), SMALLEST); // never below its Min-SE
        return new SessionTimer(longer(wanted, least), !theirs);
    }

    /** With an interval that the peer finds long enough (section 7.4). */
    SessionTimer atLeast(Duration smallest) {
        return new SessionTimer(longer(interval, smallest), ours);
    }

    /** What our first request says; the peer chooses who refreshes. */
    SessionTerms proposal() {
        return new SessionTerms(interval, SessionTerms.Refresher.UNSAID);
    }

    /** What our later requests say: the roles stay (section 7.1). */
    SessionTerms inRequest() {
        return new SessionTerms(interval, ours ? SessionTerms.Refresher.UAC : SessionTerms.Refresher.UAS);
    }

    /** What our 2xx says to a peer that knows session timers. */
    Optional<SessionTerms> inResponse(Peer peer) {
        return peer.supports("timer") || peer.session().isPresent()
                ? Optional.of(
                        new SessionTerms(interval, ours ? SessionTerms.Refresher.UAS : SessionTerms.Refresher.UAC))
                : Optional.empty();
    }

    /** When to refresh (half of the interval), or to give the peer up (a little before its end, section 10). */
    Duration due() {
        if (ours) {
            return interval.dividedBy(2);
        }
        Duration third = interval.dividedBy(3);
        return interval.minus(third.compareTo(LONGEST_GRACE) < 0 ? third : LONGEST_GRACE);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}
