// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {

    @Test
    void a_terminal_has_colours() {
        assertThat(Style.of(true, Map.of())).isEqualTo(Style.COLOURED);
        assertThat(Style.of(true, Map.of("NO_COLOR", "", "TERM", "xterm"))).isEqualTo(Style.COLOURED);
    }

    @Test
    void whoever_does_not_want_them_has_none() {
        assertThat(Style.of(false, Map.of())).isEqualTo(Style.PLAIN);
        assertThat(Style.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(Style.PLAIN);
        assertThat(Style.of(true, Map.of("TERM", "dumb"))).isEqualTo(Style.PLAIN);
    }

    @Test
    void words_without_a_colour_stay_as_they_are() {
        assertThat(Style.COLOURED.paint("sip:a@b", "sip:a@b")).isEqualTo("sip:a@b");
        assertThat(Style.COLOURED.paint("failed", "failed")).isEqualTo("\u001b[31mfailed\u001b[0m");
    }
}
