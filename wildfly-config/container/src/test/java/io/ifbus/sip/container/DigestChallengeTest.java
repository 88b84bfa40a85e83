// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.SecurityFixture.REALM;
import static io.ifbus.sip.container.SecurityFixture.SETTINGS;
import static io.ifbus.sip.container.SecurityFixture.challenge;
import static io.ifbus.sip.container.SecurityFixture.challenges;
import static io.ifbus.sip.container.SecurityFixture.roles;
import static io.ifbus.sip.container.SecurityFixture.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.SecurityFixture.Greeter;
import io.ifbus.sip.security.Challenge;
import io.ifbus.sip.security.DigestAlgorithm;
import io.ifbus.sip.security.SecuritySettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which credentials are right (RFC 7616, RFC 8760), heard on the wire. */
class DigestChallengeTest {
    private static SecuritySettings offering(DigestAlgorithm... algorithms) {
        return new SecuritySettings(SETTINGS.users(), "sip", List.of(algorithms), Set.of(), Duration.ofMinutes(5));
    }

    @Test
    @Proves("7616-3.4-b")
    void credentialsAreGoodForOneRequest() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("caller"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            String once = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 2, once))))
                    .isEqualTo("200");
            String again = fixture.hears(fixture.request("MESSAGE", "d", 1, once));
            assertThat(status(again)).isEqualTo("401");
            assertThat(challenge(again).nonce()).isNotEqualTo(challenge.nonce());
            assertThat(Greeter.SEEN).hasSize(1);
        }
    }

    @Test
    @Proves("7616-3.3-a")
    void anExpiredNonceIsAnsweredAsStaleWithANewOne() throws Exception {
        SecuritySettings brief =
                new SecuritySettings(SETTINGS.users(), "sip", SETTINGS.algorithms(), Set.of(), Duration.ofSeconds(1));
        try (SecurityFixture fixture = new SecurityFixture(brief, roles("caller"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            AtomicInteger number = new AtomicInteger(1);
            await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> {
                String alice = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
                String response = fixture.hears(fixture.request("MESSAGE", "c", number.incrementAndGet(), alice));
                assertThat(status(response)).isEqualTo("401");
                assertThat(challenges(response, "WWW-Authenticate"))
                        .allMatch(Challenge::stale)
                        .noneMatch(each -> each.nonce().equals(challenge.nonce()));
            });
        }
    }

    @Test
    @Proves("7616-3.4-c")
    void credentialsForAnotherUriAreRefused() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("caller"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            String alice = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
            String elsewhere = fixture.request("MESSAGE", "c", 2, alice).replaceFirst("sip:service@", "sip:other@");
            assertThat(status(fixture.hears(elsewhere))).isEqualTo("400");
            String malformed = "Authorization: Digest username=\"alice\", realm=\"" + REALM + "\"";
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 3, malformed))))
                    .isEqualTo("400");
            assertThat(Greeter.SEEN).isEmpty();
        }
    }

    @Test
    void aUriThatIsWrittenInAnotherWayIsTheSame() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("caller"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            String alice = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
            String request = fixture.request("MESSAGE", "c", 2, alice).replaceFirst("sip:service@", "SIP:s%65rvice@");
            assertThat(status(fixture.hears(request))).isEqualTo("200");
        }
    }

    @Test
    @Proves("8760-2.1-a")
    void eachAlgorithmOfferedIsAcceptedAndNoOther() throws Exception {
        SecuritySettings sha = offering(DigestAlgorithm.SHA_256, DigestAlgorithm.SHA_512_256);
        try (SecurityFixture fixture = new SecurityFixture(sha, roles("caller"))) {
            List<Challenge> challenges =
                    challenges(fixture.hears(fixture.request("MESSAGE", "c", 1)), "WWW-Authenticate");
            assertThat(challenges).extracting(Challenge::algorithm).containsExactly("SHA-256", "SHA-512-256");
            int cseq = 2;
            for (Challenge each : challenges) {
                String alice = fixture.authorization(each, "alice", "ecila", "MESSAGE");
                assertThat(alice).contains("algorithm=" + each.algorithm());
                assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", cseq++, alice))))
                        .isEqualTo("200");
            }
            Challenge md5 = new Challenge(REALM, challenges.get(0).nonce(), null, "MD5", "auth", false);
            String weak = fixture.authorization(md5, "alice", "ecila", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", cseq, weak))))
                    .isEqualTo("401");
        }
    }
}
