// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedirectsTest {
    private static final Party BOB = Party.of("sip:bob@example.com");
    private static final Party CAROL = Party.of("sip:carol@example.com");

    @Test
    void a_refusal_without_a_redirection_before_is_final() {
        assertThat(Redirects.NONE.after(refusal(404))).isEmpty();
        assertThat(Redirects.NONE.after(redirection())).isEmpty();
    }

    @Test
    void each_contact_is_tried_in_its_turn() {
        Redirects first = Redirects.NONE.after(redirection(BOB, CAROL)).orElseThrow();
        assertThat(first.tried()).containsExactly(BOB);
        Redirects second = first.after(refusal(486)).orElseThrow();
        assertThat(second.tried()).containsExactly(BOB, CAROL);
        assertThat(second.after(refusal(486))).isEmpty();
    }

    @Test
    void nobody_is_tried_twice() {
        Redirects first = Redirects.NONE.after(redirection(BOB)).orElseThrow();
        assertThat(first.after(redirection(BOB))).isEmpty();
        assertThat(first.after(redirection(BOB, CAROL)).orElseThrow().tried()).containsExactly(BOB, CAROL);
    }

    @Test
    void a_refusal_for_all_ends_the_search() {
        Redirects first = Redirects.NONE.after(redirection(BOB, CAROL)).orElseThrow();
        assertThat(first.after(refusal(603))).isEmpty();
    }

    @Test
    void five_targets_are_enough() {
        Party[] many = IntStream.range(0, 9)
                .mapToObj(i -> Party.of("sip:x" + i + "@example.com"))
                .toArray(Party[]::new);
        Optional<Redirects> next = Redirects.NONE.after(redirection(many));
        int rung = 0;
        for (; next.isPresent(); rung++) next = next.get().after(refusal(480));
        assertThat(rung).isEqualTo(5);
    }

    private static LegNews.Failed redirection(Party... contacts) {
        Hints hints = new Hints(false, Optional.empty(), List.of(contacts), Optional.empty(), Optional.empty());
        return new LegNews.Failed(302, "Moved Temporarily", false, hints, false);
    }

    private static LegNews.Failed refusal(int status) {
        return new LegNews.Failed(status, "No", false, Hints.NONE, false);
    }
}
