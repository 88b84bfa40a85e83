// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Client and server against each other. */
class DigestTest {
    private static final String URI = "sip:bob@example.com";

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DigestServer server = server(DigestTest::find);
    private final DigestClient client = new DigestClient(new Random(7));

    private DigestServer server(Users users) {
        return new DigestServer(
                "r",
                List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.SHA_512_256, DigestAlgorithm.MD5),
                users,
                new Nonces(() -> now, new Random(1), Duration.ofMinutes(5), 100));
    }

    private static Optional<User> find(String name, String realm) {
        return name.equals("alice") ? Optional.of(new Alice()) : Optional.empty();
    }

    /** Her SHA-512-256 digest is not stored. */
    private record Alice() implements User {
        @Override
        public Principal principal() {
            return () -> "alice";
        }

        @Override
        public Set<String> roles() {
            return Set.of("caller");
        }

        @Override
        public Optional<byte[]> ha1(DigestAlgorithm algorithm, String realm) {
            return Optional.of(algorithm)
                    .filter(a -> a != DigestAlgorithm.SHA_512_256)
                    .map(a -> a.ha1("alice", realm, "secret"));
        }
    }

    private Verdict verify(Credentials credentials) throws IOException {
        return server.verify(credentials, "INVITE", URI::equals);
    }

    private Credentials answer(Challenge challenge, String name, String password) {
        return client.answer(challenge, name, password, "INVITE", URI);
    }

    private static String name(Verdict verdict) {
        return ((Verdict.Accepted) verdict).user().principal().getName();
    }

    @Test
    void aCallerIsAcceptedWithEachAlgorithmThatIsStored() throws IOException {
        List<Challenge> challenges = server.challenges(false);
        assertThat(challenges).extracting(Challenge::algorithm).containsExactly("SHA-256", "SHA-512-256", "MD5");
        assertThat(name(verify(answer(challenges.get(0), "alice", "secret")))).isEqualTo("alice");
        assertThat(verify(answer(challenges.get(1), "alice", "secret"))).isEqualTo(new Verdict.Challenged(false));
        assertThat(name(verify(answer(challenges.get(2), "alice", "secret")))).isEqualTo("alice");
    }

    @Test
    void theWrongPasswordNameMethodOrRealmIsChallengedAgain() throws IOException {
        Challenge challenge = server.challenges(false).get(0);
        Credentials right = answer(challenge, "alice", "secret");
        assertThat(verify(answer(challenge, "alice", "Secret"))).isEqualTo(new Verdict.Challenged(false));
        assertThat(verify(answer(challenge, "eve", "secret"))).isEqualTo(new Verdict.Challenged(false));
        assertThat(server.verify(right, "BYE", URI::equals)).isEqualTo(new Verdict.Challenged(false));
        Challenge elsewhere = new Challenge("s", challenge.nonce(), null, "SHA-256", "auth", false);
        assertThat(verify(answer(elsewhere, "alice", "secret"))).isEqualTo(new Verdict.Challenged(false));
        assertThat(verify(right)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anExpiredOrRepeatedNonceIsStale() throws IOException {
        Challenge challenge = server.challenges(false).get(0);
        Credentials first = answer(challenge, "alice", "secret");
        assertThat(verify(first)).isInstanceOf(Verdict.Accepted.class);
        assertThat(verify(first)).isEqualTo(new Verdict.Challenged(true));
        assertThat(verify(answer(challenge, "alice", "secret"))).isInstanceOf(Verdict.Accepted.class);
        now = now.plus(Duration.ofMinutes(6));
        assertThat(verify(answer(challenge, "alice", "secret"))).isEqualTo(new Verdict.Challenged(true));
        assertThat(verify(answer(challenge, "alice", "wrong"))).isEqualTo(new Verdict.Challenged(false));
        Challenge again = server.challenges(true).get(0);
        assertThat(again.stale()).isTrue();
        assertThat(again.nonce()).isNotEqualTo(challenge.nonce());
        assertThat(verify(answer(again, "alice", "secret"))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void credentialsForAnotherUriOrWithoutQopAreMalformed() throws IOException {
        Challenge challenge = server.challenges(false).get(0);
        assertThat(verify(client.answer(challenge, "alice", "secret", "INVITE", "sip:carol@example.com")))
                .isInstanceOf(Verdict.Malformed.class);
        Challenge noQop = new Challenge("r", challenge.nonce(), null, "SHA-256", null, false);
        assertThat(verify(answer(noQop, "alice", "secret"))).isInstanceOf(Verdict.Malformed.class);
    }

    @Test
    void aStoreThatCannotBeAskedIsSaidSo() {
        DigestServer broken = server((name, realm) -> {
            throw new IOException("no store");
        });
        Credentials credentials = answer(broken.challenges(false).get(0), "alice", "secret");
        assertThatThrownBy(() -> broken.verify(credentials, "INVITE", URI::equals))
                .hasMessage("no store");
    }

    @Test
    void theClientTakesTheTopmostChallengeItUnderstands() {
        Challenge unknown = new Challenge("r", "n", null, "SHA3-256", "auth", false);
        Challenge integrity = new Challenge("r", "n", null, "SHA-256", "auth-int", false);
        Challenge sha = new Challenge("r", "n", null, "SHA-512-256", "auth-int,auth", false);
        Challenge md5 = new Challenge("r", "n", null, null, null, false);
        assertThat(DigestClient.choose(List.of(unknown, integrity, sha, md5))).contains(sha);
        assertThat(DigestClient.choose(List.of(md5, sha))).contains(md5);
        assertThat(DigestClient.choose(List.of(unknown))).isEmpty();
    }

    @Test
    void theClientCountsTheUsesOfEachNonce() {
        Challenge one = new Challenge("r", "one", null, "SHA-256", "auth", false);
        Challenge two = new Challenge("r", "two", null, "SHA-256", "auth", false);
        Credentials first = answer(one, "alice", "secret");
        assertThat(first.nc()).isEqualTo("00000001");
        assertThat(first.cnonce())
                .hasSize(32)
                .isNotEqualTo(answer(two, "alice", "secret").cnonce());
        assertThat(answer(one, "alice", "secret").nc()).isEqualTo("00000002");
        assertThat(answer(two, "alice", "secret").nc()).isEqualTo("00000002");
    }

    @Test
    void aChallengeWithoutQopIsAnsweredWithout() {
        Credentials credentials = answer(new Challenge("r", "n", "o", null, null, false), "alice", "secret");
        assertThat(credentials.headerValue())
                .doesNotContain("qop", "cnonce", "nc=")
                .contains("opaque=\"o\"");
    }

    @Test
    void credentialsAreKnownAgainByTheirNameAndPassword() {
        Credentials sent = answer(server.challenges(false).get(0), "alice", "wrong");
        assertThat(DigestClient.areMadeOf(sent, "alice", "wrong", "INVITE")).isTrue();
        assertThat(DigestClient.areMadeOf(sent, "alice", "secret", "INVITE")).isFalse();
        assertThat(DigestClient.areMadeOf(sent, "bob", "wrong", "INVITE")).isFalse();
    }
}
