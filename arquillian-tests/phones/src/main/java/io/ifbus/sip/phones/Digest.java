// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Digest authentication with qop=auth (RFC 3261 section 22, RFC 8760), of a phone or a {@link RawPeer}. */
public final class Digest {

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^,\\s]+))");
    private static final String CNONCE = "0a4f113b";
    private static final String COUNT = "00000001";

    private Digest() {}

    /**
     * The value of a WWW-Authenticate or Proxy-Authenticate header.
     *
     * @param algorithm {@code MD5} or {@code SHA-256}
     */
    public static String challenge(String realm, String nonce, String algorithm) {
        hash(algorithm, ""); // refuses what it does not know
        return "Digest realm=\"%s\", nonce=\"%s\", qop=\"auth\", algorithm=%s".formatted(realm, nonce, algorithm);
    }

    /** The value of the Authorization or Proxy-Authorization header that answers a challenge. */
    public static String authorization(String challenge, String method, String uri, String user, String password) {
        Map<String, String> asked = parameters(challenge);
        String algorithm = asked.getOrDefault("algorithm", "MD5");
        String realm = asked.getOrDefault("realm", "");
        String nonce = asked.getOrDefault("nonce", "");
        String response = response(algorithm, user, realm, password, method, uri, nonce, COUNT, CNONCE);
        return ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=%s, "
                        + "qop=auth, nc=%s, cnonce=\"%s\"")
                .formatted(user, realm, nonce, uri, response, algorithm, COUNT, CNONCE);
    }

    /** Whether an Authorization answers this challenge with this user's password. */
    public static boolean isRight(String authorization, String challenge, String method, String user, String password) {
        Map<String, String> given = parameters(authorization);
        Map<String, String> asked = parameters(challenge);
        boolean same = user.equals(given.get("username"))
                && asked.get("nonce").equals(given.get("nonce"))
                && asked.get("realm").equals(given.get("realm"))
                && "auth".equals(given.get("qop"));
        if (!same) return false;
        String expected = response(
                asked.get("algorithm"),
                user,
                asked.get("realm"),
                password,
                method,
                given.getOrDefault("uri", ""),
                asked.get("nonce"),
                given.getOrDefault("nc", ""),
                given.getOrDefault("cnonce", ""));
        return expected.equals(given.get("response"));
    }

    private static String response(
            String algorithm,
            String user,
            String realm,
            String password,
            String method,
            String uri,
            String nonce,
            String count,
            String cnonce) {
        String secret = hash(algorithm, user + ":" + realm + ":" + password);
        String asked = hash(algorithm, method + ":" + uri);
        return hash(algorithm, String.join(":", secret, nonce, count, cnonce, "auth", asked));
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("no such digest: " + algorithm, e);
        }
    }

    private static Map<String, String> parameters(String value) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Matcher matcher = PARAMETER.matcher(value.replaceFirst("(?i)^\\s*Digest\\s+", ""));
        while (matcher.find())
            parameters.put(matcher.group(1), matcher.group(2) != null ? matcher.group(2) : matcher.group(3));
        return parameters;
    }
}
