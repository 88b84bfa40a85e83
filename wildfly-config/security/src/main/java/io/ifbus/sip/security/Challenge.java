// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * The value of a WWW-Authenticate or Proxy-Authenticate header (RFC 7616 section 3.3).
 *
 * @param opaque to be given back as it is, or null
 * @param algorithm as written, or null, which means MD5
 * @param qop as written, such as {@code auth,auth-int}, or null
 * @param stale whether the credentials were right and only their nonce was not
 */
public record Challenge(String realm, String nonce, String opaque, String algorithm, String qop, boolean stale) {
    public Challenge {
        requireNonNull(realm, "realm");
        requireNonNull(nonce, "nonce");
    }

    /** The challenge in a header's value; empty if it is of another scheme or lacks its realm or nonce. */
    public static Optional<Challenge> parse(String headerValue) {
        try {
            Map<String, String> parameters = AuthParameters.ofDigest(headerValue);
            return Optional.of(new Challenge(
                    required(parameters, "realm"),
                    required(parameters, "nonce"),
                    parameters.get("opaque"),
                    parameters.get("algorithm"),
                    parameters.get("qop"),
                    "true".equalsIgnoreCase(parameters.get("stale"))));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // RFC 8760 section 2.4: what cannot be understood is ignored
        }
    }

    static String required(Map<String, String> parameters, String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** Whether {@link DigestClient} can answer it. */
    boolean isUnderstood() {
        return DigestAlgorithm.named(algorithm).isPresent() && (qop == null || offersAuth());
    }

    boolean offersAuth() {
        return qop != null && Arrays.stream(qop.split(",")).map(String::strip).anyMatch("auth"::equalsIgnoreCase);
    }

    /** As it stands in the header. */
    public String headerValue() {
        StringBuilder out = new StringBuilder();
        AuthParameters.quote(out, "realm", realm);
        AuthParameters.quote(out, "nonce", nonce);
        AuthParameters.quote(out, "opaque", opaque);
        AuthParameters.plain(out, "algorithm", algorithm);
        AuthParameters.quote(out, "qop", qop);
        AuthParameters.plain(out, "stale", stale ? "true" : null);
        return out.toString();
    }
}
