// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The side that logs in (RFC 3261 section 22.2, RFC 8760 section 2.4). It remembers how often it used each nonce, for the
 * last 4,096 of them. Safe for use by any thread.
 */
public final class DigestClient {
    private static final int NONCES = 4096;

    private final RandomGenerator random;
    private final Map<String, Integer> counts = new LinkedHashMap<>(16, 0.75f, true) { // guarded by itself
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > NONCES;
                }
            };

    public DigestClient(RandomGenerator random) {
        this.random = requireNonNull(random, "random");
    }

    /** The topmost of the challenges of one realm that can be answered. */
    public static Optional<Challenge> choose(List<Challenge> challenges) {
        return challenges.stream().filter(Challenge::isUnderstood).findFirst();
    }

    /**
     * Credentials for a request.
     *
     * @param challenge one that {@link #choose} gave
     * @param uri the Request-URI
     */
    public Credentials answer(Challenge challenge, String username, String password, String method, String uri) {
        boolean auth = challenge.offersAuth();
        Credentials blank = new Credentials(
                username,
                challenge.realm(),
                challenge.nonce(),
                uri,
                "",
                challenge.algorithm(),
                auth ? "auth" : null,
                auth ? cnonce() : null,
                auth ? "%08x".formatted(count(challenge)) : null,
                challenge.opaque());
        return compute(blank, password, method);
    }

    /**
     * Whether {@code sent} were made of this name and password: if they were refused, these need not be tried again (RFC
     * 3261 section 22.1).
     */
    public static boolean areMadeOf(Credentials sent, String username, String password, String method) {
        return sent.username().equals(username)
                && DigestAlgorithm.named(sent.algorithm()).isPresent()
                && compute(sent, password, method).response().equalsIgnoreCase(sent.response());
    }

    private static Credentials compute(Credentials credentials, String password, String method) {
        DigestAlgorithm algorithm = DigestAlgorithm.named(credentials.algorithm())
                .orElseThrow(() -> new IllegalArgumentException("unknown algorithm " + credentials.algorithm()));
        byte[] ha1 = algorithm.ha1(credentials.username(), credentials.realm(), password);
        return credentials.withResponse(algorithm.response(ha1, credentials, method));
    }

    private String cnonce() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private int count(Challenge challenge) {
        synchronized (counts) {
            return counts.merge(challenge.realm() + '\n' + challenge.nonce(), 1, Integer::sum);
        }
    }
}
