// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.Optional;

/**
 * The redirections that one party's ringing has followed.
 *
 * @param count so far
 */
record Redirects(int count) {
    static final Redirects NONE = new Redirects(0);
    private static final int MOST = 5;

    /** Rings another target on a leg. */
    @FunctionalInterface
    interface Ring {
        Turn on(Turn turn, LegId leg, Party from, Party to);
    }

    Redirects next() {
        return new Redirects(count + 1);
    }

    /** Rings the first Contact of a 3xx in the place of {@code leg}; empty if that is not to be done. */
    Optional<Turn> follow(Turn turn, LegId leg, LegNews.Failed news, Party from, Ring ring) {
        boolean redirected = news.status() >= 300 && news.status() < 400;
        if (!redirected || count >= MOST || news.hints().contacts().isEmpty()) {
            return Optional.empty();
        }
        LegId next = turn.data().legs().free();
        Pair pair = turn.pair().replacing(leg, next);
        Turn introduced = turn.with(pair).introducing(pair);
        return Optional.of(
                ring.on(introduced, next, from, news.hints().contacts().get(0)));
    }
}
