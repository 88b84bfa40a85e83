// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The redirections that one party's ringing has followed (RFC 3261 section 8.1.3.4).
 *
 * @param tried the targets that were rung because of them, the last of them now
 * @param left those that are still to be rung, the best first
 */
record Redirects(List<Party> tried, List<Party> left) {
    static final Redirects NONE = new Redirects(List.of(), List.of());
    private static final int MOST = 5;

    Redirects {
        tried = List.copyOf(tried);
        left = List.copyOf(left);
    }

    /** Rings another target on a leg. */
    @FunctionalInterface
    interface Ring {
        Turn on(Turn turn, LegId leg, Party from, Party to);
    }

    /** As they stand when the next target is rung after a refusal; empty if none is to be rung. */
    Optional<Redirects> after(LegNews.Failed news) {
        boolean redirected = news.status() >= 300 && news.status() < 400;
        boolean forAll = news.status() >= 600;
        if (forAll || tried.size() >= MOST) {
            return Optional.empty();
        }
        List<Party> candidates = Stream.concat(
                        redirected ? news.hints().contacts().stream() : Stream.empty(), left.stream())
                .filter(candidate -> tried.stream().noneMatch(t -> t.uri().equals(candidate.uri())))
                .toList();
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(new Redirects(
                        Stream.concat(tried.stream(), candidates.stream().limit(1))
                                .toList(),
                        candidates.subList(1, candidates.size())));
    }

    /** Rings the target that was chosen last in the place of {@code leg}. */
    Turn ring(Turn turn, LegId leg, Party from, Ring ring) {
        LegId next = turn.data().legs().free();
        Pair pair = turn.pair().replacing(leg, next);
        return ring.on(turn.with(pair).introducing(pair), next, from, tried.get(tried.size() - 1));
    }
}
