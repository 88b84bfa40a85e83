// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The side that asks callers to log in (RFC 3261 section 22.4, RFC 8760 section 2.3). Safe for use by any thread.
 *
 * <p>Absent: auth-int, userhash, session algorithms, and credentials without qop, which no replay check could protect.
 */
public final class DigestServer {
    private final String realm;
    private final List<DigestAlgorithm> algorithms;
    private final Users users;
    private final Nonces nonces;

    /** @param algorithms offered, the most preferred first; no other is accepted */
    public DigestServer(String realm, List<DigestAlgorithm> algorithms, Users users, Nonces nonces) {
        this.realm = requireNonNull(realm, "realm");
        this.algorithms = List.copyOf(algorithms);
        this.users = requireNonNull(users, "users");
        this.nonces = requireNonNull(nonces, "nonces");
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("at least one algorithm is needed");
        }
    }

    public String realm() {
        return realm;
    }

    /** One challenge per algorithm, the most preferred first, with one new nonce. */
    public List<Challenge> challenges(boolean stale) {
        String nonce = nonces.issue();
        return algorithms.stream()
                .map(algorithm -> new Challenge(realm, nonce, null, algorithm.token(), "auth", stale))
                .toList();
    }

    /**
     * Checks credentials of this realm.
     *
     * @param isTarget whether a URI, as written in the credentials, names the Request-URI (RFC 7616 section 3.4.6)
     * @throws IOException if the users cannot be asked
     */
    public Verdict verify(Credentials credentials, String method, Predicate<String> isTarget) throws IOException {
        return verify(credentials, method, isTarget, false);
    }

    /**
     * Checks credentials that were accepted already when the same request was let in elsewhere: it may have been given
     * another Request-URI since, and they are not a replay. Otherwise as {@link #verify}.
     */
    public Verdict verifyAgain(Credentials credentials, String method) throws IOException {
        return verify(credentials, method, uri -> true, true);
    }

    private Verdict verify(Credentials credentials, String method, Predicate<String> isTarget, boolean again)
            throws IOException {
        if (credentials.qop() == null || !"auth".equals(credentials.qop().toLowerCase(Locale.ROOT))) {
            return new Verdict.Malformed("qop must be auth"); // RFC 3261 section 22.4 item 8
        }
        if (!isTarget.test(credentials.uri())) {
            return new Verdict.Malformed("uri does not name the Request-URI");
        }
        Optional<DigestAlgorithm> algorithm =
                DigestAlgorithm.named(credentials.algorithm()).filter(algorithms::contains);
        if (algorithm.isEmpty() || !credentials.realm().equals(realm)) {
            return new Verdict.Challenged(false);
        }
        Optional<User> user = users.find(credentials.username(), realm);
        if (user.isEmpty() || !isRight(user.get(), algorithm.get(), credentials, method)) {
            return new Verdict.Challenged(false);
        }
        // RFC 7616 section 3.3: stale is for right credentials alone
        return again || nonces.use(credentials.nonce(), Long.parseLong(credentials.nc(), 16)) == Nonces.Use.ACCEPTED
                ? new Verdict.Accepted(user.get())
                : new Verdict.Challenged(true);
    }

    private boolean isRight(User user, DigestAlgorithm algorithm, Credentials credentials, String method) {
        return user.ha1(algorithm, realm)
                .map(ha1 -> algorithm.response(ha1, credentials, method).getBytes(StandardCharsets.UTF_8))
                .filter(right ->
                        MessageDigest.isEqual(right, credentials.response().getBytes(StandardCharsets.UTF_8)))
                .isPresent();
    }
}
