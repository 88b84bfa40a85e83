// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that need no memory until somebody has logged in with them: time of issue, random bits, and a keyed hash of both
 * (RFC 7616 section 5.4). From then on the highest nonce count is kept, so that none is used twice.
 *
 * <p>At most {@code capacity} counts are kept. When there are more, the nonce that is oldest goes, and with it all of its
 * age become unknown: memory is bounded and a replay is refused all the same. Safe for use by any thread.
 */
public final class Nonces {
    /** What became of a use. */
    enum Use {
        ACCEPTED,
        /** Expired, forgotten, or not from here. */
        UNKNOWN,
        /** That nonce count, or a higher one, was used already. */
        REPLAYED
    }

    private static final int SIGNED_DIGITS = 32; // hex: 8 bytes of time, 8 random bytes
    private static final int MAC_BYTES = 16;

    private final byte[] key = new byte[32];
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration lifetime;
    private final int capacity;
    private final TreeMap<String, Long> counts = new TreeMap<>(); // by nonce, that is by age; guarded by this
    private String forgotten = ""; // this one and all before it are unknown; guarded by this

    /**
     * With a key of its own.
     *
     * @param lifetime how long a nonce may be used, from 1 s
     * @param capacity most nonces in use at a time, from 1
     */
    public Nonces(InstantSource clock, RandomGenerator random, Duration lifetime, int capacity) {
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.lifetime = lifetime;
        this.capacity = capacity;
        if (lifetime.toSeconds() < 1 || capacity < 1) {
            throw new IllegalArgumentException(
                    "lifetime from 1 s and capacity from 1, were " + lifetime + ", " + capacity);
        }
        random.nextBytes(key);
    }

    /** A new nonce: 64 hex digits. */
    String issue() {
        byte[] content = ByteBuffer.allocate(16)
                .putLong(clock.millis())
                .putLong(random.nextLong())
                .array();
        String signed = HexFormat.of().formatHex(content);
        return signed + mac(signed);
    }

    /** Notes that {@code nonce} came with right credentials and that count, 1 or more. */
    synchronized Use use(String nonce, long count) {
        forgetExpired();
        if (!isOurs(nonce) || nonce.compareTo(forgotten) <= 0) {
            return Use.UNKNOWN;
        }
        Long last = counts.get(nonce);
        if (count < 1 || last != null && count <= last) {
            return Use.REPLAYED;
        }
        counts.put(nonce, count);
        if (counts.size() > capacity) {
            forgotten = counts.pollFirstEntry().getKey();
        }
        return nonce.equals(forgotten) ? Use.UNKNOWN : Use.ACCEPTED;
    }

    private void forgetExpired() {
        String limit = HexFormat.of().toHexDigits(clock.millis() - lifetime.toMillis());
        if (limit.compareTo(forgotten) > 0) {
            forgotten = limit;
        }
        counts.headMap(forgotten, true).clear();
    }

    private boolean isOurs(String nonce) {
        if (nonce.length() != SIGNED_DIGITS + 2 * MAC_BYTES) {
            return false;
        }
        byte[] expected = mac(nonce.substring(0, SIGNED_DIGITS)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, nonce.substring(SIGNED_DIGITS).getBytes(StandardCharsets.UTF_8));
    }

    private String mac(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)), 0, MAC_BYTES);
        } catch (GeneralSecurityException e) { // each JDK has it
            throw new IllegalStateException("this JDK has no HmacSHA256", e);
        }
    }
}
