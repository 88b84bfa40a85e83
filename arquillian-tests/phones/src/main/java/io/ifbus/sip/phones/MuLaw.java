// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

/** G.711 mu-law, 14 bit linear samples scaled to 16 bit. */
final class MuLaw {

    private static final int BIAS = 0x84;
    private static final int CLIP = 32635;
    private static final short[] LINEAR = new short[256];

    static {
        for (int code = 0; code < LINEAR.length; code++) {
            int bits = ~code & 0xff;
            int magnitude = (((bits & 0x0f) << 3) + BIAS << (bits >> 4 & 0x07)) - BIAS;
            LINEAR[code] = (short) ((bits & 0x80) != 0 ? -magnitude : magnitude);
        }
    }

    private MuLaw() {}

    static byte encode(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = magnitude >> exponent + 3 & 0x0f;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }

    static short decode(byte code) {
        return LINEAR[code & 0xff];
    }
}
