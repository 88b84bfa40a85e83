// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The value of an Authorization or Proxy-Authorization header (RFC 7616 section 3.4).
 *
 * @param response hex digits; empty while they are still to be computed
 * @param algorithm as written, or null, which means MD5
 * @param qop {@code auth}, or null; with it go {@code cnonce} and {@code nc}, eight hex digits
 * @param opaque of the challenge, or null
 */
public record Credentials(
        String username,
        String realm,
        String nonce,
        String uri,
        String response,
        String algorithm,
        String qop,
        String cnonce,
        String nc,
        String opaque) {
    public Credentials {
        requireNonNull(username, "username");
        requireNonNull(realm, "realm");
        requireNonNull(nonce, "nonce");
        requireNonNull(uri, "uri");
        requireNonNull(response, "response");
        if (qop != null && (cnonce == null || nc == null || !nc.matches("\\p{XDigit}{8}"))) {
            throw new IllegalArgumentException("qop needs cnonce and nc of eight hex digits");
        }
    }

    /**
     * The credentials in a header's value.
     *
     * @throws IllegalArgumentException if they are of another scheme, malformed or incomplete
     */
    public static Credentials parse(String headerValue) {
        Map<String, String> parameters = AuthParameters.ofDigest(headerValue);
        return new Credentials(
                Challenge.required(parameters, "username"),
                Challenge.required(parameters, "realm"),
                Challenge.required(parameters, "nonce"),
                Challenge.required(parameters, "uri"),
                Challenge.required(parameters, "response"),
                parameters.get("algorithm"),
                parameters.get("qop"),
                parameters.get("cnonce"),
                parameters.get("nc"),
                parameters.get("opaque"));
    }

    Credentials withResponse(String computed) {
        return new Credentials(username, realm, nonce, uri, computed, algorithm, qop, cnonce, nc, opaque);
    }

    /** As it stands in the header. */
    public String headerValue() {
        StringBuilder out = new StringBuilder();
        AuthParameters.quote(out, "username", username);
        AuthParameters.quote(out, "realm", realm);
        AuthParameters.quote(out, "nonce", nonce);
        AuthParameters.quote(out, "uri", uri);
        AuthParameters.quote(out, "response", response);
        AuthParameters.plain(out, "algorithm", algorithm);
        AuthParameters.quote(out, "cnonce", cnonce);
        AuthParameters.quote(out, "opaque", opaque);
        AuthParameters.plain(out, "qop", qop);
        AuthParameters.plain(out, "nc", nc);
        return out.toString();
    }
}
