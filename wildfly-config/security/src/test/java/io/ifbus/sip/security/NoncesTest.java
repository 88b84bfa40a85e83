// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NoncesTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Nonces nonces = new Nonces(() -> now, new Random(1), Duration.ofMinutes(5), 3);

    @Test
    void aNonceMayBeUsedWithRisingCountsAlone() {
        String nonce = nonces.issue();
        assertThat(nonces.use(nonce, 1)).isEqualTo(Nonces.Use.ACCEPTED);
        assertThat(nonces.use(nonce, 1)).isEqualTo(Nonces.Use.REPLAYED);
        assertThat(nonces.use(nonce, 4)).isEqualTo(Nonces.Use.ACCEPTED);
        assertThat(nonces.use(nonce, 3)).isEqualTo(Nonces.Use.REPLAYED);
        assertThat(nonces.use(nonces.issue(), 0)).isEqualTo(Nonces.Use.REPLAYED);
    }

    @Test
    void aNonceExpires() {
        String nonce = nonces.issue();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(nonces.use(nonce, 1)).isEqualTo(Nonces.Use.ACCEPTED);
        now = now.plusMillis(1);
        assertThat(nonces.use(nonce, 2)).isEqualTo(Nonces.Use.UNKNOWN);
    }

    @Test
    void aNonceThatWasMadeElsewhereIsUnknown() {
        String nonce = nonces.issue();
        String altered = nonce.substring(0, 20) + (nonce.charAt(20) == '0' ? '1' : '0') + nonce.substring(21);
        assertThat(nonces.use(altered, 1)).isEqualTo(Nonces.Use.UNKNOWN);
        assertThat(nonces.use("short", 1)).isEqualTo(Nonces.Use.UNKNOWN);
        Nonces others = new Nonces(() -> now, new Random(2), Duration.ofMinutes(5), 3);
        assertThat(others.use(nonce, 1)).isEqualTo(Nonces.Use.UNKNOWN);
    }

    /** What is forgotten for want of room cannot be replayed. */
    @Test
    void whenThereAreTooManyTheOldestBecomesUnknown() {
        String[] issued = new String[5];
        for (int i = 0; i < issued.length; i++) {
            issued[i] = nonces.issue();
            now = now.plusMillis(1);
        }
        for (int i = 1; i < 4; i++) {
            assertThat(nonces.use(issued[i], 1)).isEqualTo(Nonces.Use.ACCEPTED);
        }
        assertThat(nonces.use(issued[4], 1)).isEqualTo(Nonces.Use.ACCEPTED);
        assertThat(nonces.use(issued[1], 1)).isEqualTo(Nonces.Use.UNKNOWN);
        assertThat(nonces.use(issued[1], 2)).isEqualTo(Nonces.Use.UNKNOWN);
        assertThat(nonces.use(issued[0], 1)).isEqualTo(Nonces.Use.UNKNOWN); // older, though never used
        assertThat(nonces.use(issued[2], 1)).isEqualTo(Nonces.Use.REPLAYED);
        assertThat(nonces.use(issued[2], 2)).isEqualTo(Nonces.Use.ACCEPTED);
    }
}
