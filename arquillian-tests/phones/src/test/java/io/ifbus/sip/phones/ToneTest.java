// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneTest {

    @Test
    void muLawKeepsSamplesWithinItsStep() {
        for (int sample = -32000; sample <= 32000; sample += 7)
            assertThat((double) MuLaw.decode(MuLaw.encode(sample)))
                    .isCloseTo(sample, within(8 + Math.abs(sample) / 16.0));
        assertThat(MuLaw.encode(0)).isEqualTo((byte) 0xff);
        assertThat(MuLaw.encode(32767)).isEqualTo((byte) 0x80);
        assertThat(MuLaw.encode(-32768)).isEqualTo((byte) 0x00);
    }

    @ParameterizedTest
    @ValueSource(doubles = {350, 440, 660, 1000, 2100})
    void aToneIsFoundAtItsOwnFrequencyOnly(double frequencyHz) {
        byte[] sound = new byte[160];
        new Tone(frequencyHz).fill(sound, 0, sound.length);
        assertThat(Tone.share(sound, frequencyHz)).isGreaterThan(0.9);
        assertThat(Tone.share(sound, frequencyHz + 200)).isLessThan(0.1);
    }

    @Test
    void neitherNoiseNorSilenceIsATone() {
        byte[] sound = new byte[160];
        new Random(1).nextBytes(sound);
        assertThat(Tone.share(sound, 440)).isLessThan(0.3);
        new Tone(0).fill(sound, 0, sound.length);
        assertThat(Tone.share(sound, 440)).isZero();
    }
}
