// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

/** Makes a sine tone, and finds one in what was heard. */
final class Tone {

    static final int SAMPLE_RATE = 8000;
    private static final int AMPLITUDE = 8000;

    private final double step;
    private double phase;

    /** @param frequencyHz 0 is silence */
    Tone(double frequencyHz) {
        step = 2 * Math.PI * frequencyHz / SAMPLE_RATE;
    }

    void fill(byte[] packet, int offset, int samples) {
        for (int i = 0; i < samples; i++) {
            packet[offset + i] = MuLaw.encode((int) Math.round(AMPLITUDE * Math.sin(phase)));
            phase = (phase + step) % (2 * Math.PI);
        }
    }

    /**
     * The part of the energy of {@code sound} that is the tone {@code frequencyHz}, by Goertzel's algorithm: near 1 for
     * that tone alone, near 0 for another tone, for noise and for silence.
     */
    static double share(byte[] sound, double frequencyHz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * frequencyHz / SAMPLE_RATE);
        double last = 0;
        double beforeLast = 0;
        double energy = 0;
        for (byte code : sound) {
            double sample = MuLaw.decode(code);
            double now = sample + coefficient * last - beforeLast;
            beforeLast = last;
            last = now;
            energy += sample * sample;
        }
        double mean = sound.length == 0 ? 0 : energy / sound.length;
        if (mean < 100 * 100) return 0;
        double power = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
        return 2 * power / (sound.length * energy);
    }
}
