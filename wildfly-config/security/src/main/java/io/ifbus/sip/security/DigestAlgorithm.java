// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A hash of RFC 8760 section 2.1. Session variants (-sess) are absent. */
public enum DigestAlgorithm {
    SHA_256("SHA-256", "SHA-256"),
    SHA_512_256("SHA-512-256", "SHA-512/256"),
    MD5("MD5", "MD5");

    private final String token;
    private final String javaName;

    DigestAlgorithm(String token, String javaName) {
        this.token = token;
        this.javaName = javaName;
    }

    /** How headers spell it. */
    public String token() {
        return token;
    }

    /** The algorithm that a header names so; null means MD5 (RFC 7616 section 3.3). */
    public static Optional<DigestAlgorithm> named(String token) {
        if (token == null) {
            return Optional.of(MD5);
        }
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** H(A1) of RFC 7616 section 3.4.2: the hash of {@code name:realm:password}. */
    public byte[] ha1(String name, String realm, String password) {
        return hash(name + ':' + realm + ':' + password);
    }

    /** The response parameter (RFC 7616 section 3.4.1): lower-case hex digits. */
    String response(byte[] ha1, Credentials credentials, String method) {
        String ha2 = hex(hash(method + ':' + credentials.uri()));
        String middle = credentials.qop() == null
                ? credentials.nonce()
                : String.join(":", credentials.nonce(), credentials.nc(), credentials.cnonce(), credentials.qop());
        return hex(hash(hex(ha1) + ':' + middle + ':' + ha2));
    }

    private byte[] hash(String text) {
        try {
            return MessageDigest.getInstance(javaName).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) { // each JDK has the three
            throw new IllegalStateException("this JDK has no " + javaName, e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
