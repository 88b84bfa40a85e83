// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.SecurityFixture.REALM;
import static io.ifbus.sip.container.SecurityFixture.SETTINGS;
import static io.ifbus.sip.container.SecurityFixture.challenge;
import static io.ifbus.sip.container.SecurityFixture.challenges;
import static io.ifbus.sip.container.SecurityFixture.roles;
import static io.ifbus.sip.container.SecurityFixture.status;
import static io.ifbus.sip.container.SecurityFixture.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.SecurityFixture.Greeter;
import io.ifbus.sip.container.SipSecurity.Constraint;
import io.ifbus.sip.container.SipSecurity.Login;
import io.ifbus.sip.security.Challenge;
import io.ifbus.sip.security.SecuritySettings;
import io.ifbus.sip.security.Users;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who may call which servlet (JSR 289 chapter 17), heard on the wire. */
class SecurityTest {
    private static final String ALICE = "alice alice caller=true boss=true chief=true";
    private static final String NOBODY = "nobody null caller=false boss=false chief=false";

    @Test
    @Proves({"J-17-a", "J-17-c", "8760-2.3-a", "7616-3.3-b", "3261-22.4-a"})
    void aCallerIsChallengedUntilItHasTheRightPassword() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("caller"))) {
            String first = fixture.hears(fixture.request("MESSAGE", "c", 1));
            assertThat(status(first)).isEqualTo("401");
            assertThat(challenges(first, "WWW-Authenticate"))
                    .extracting(Challenge::realm, Challenge::algorithm, Challenge::qop, Challenge::stale)
                    .containsExactly(tuple(REALM, "SHA-256", "auth", false), tuple(REALM, "MD5", "auth", false));
            assertThat(first).contains("qop=\"auth\"").doesNotContain("Proxy-Authenticate");
            String wrong = fixture.authorization(challenge(first), "alice", "guess", "MESSAGE");
            String second = fixture.hears(fixture.request("MESSAGE", "c", 2, wrong));
            assertThat(status(second)).isEqualTo("401");
            assertThat(challenge(second).stale()).isFalse();
            assertThat(challenge(second).nonce()).isNotEqualTo(challenge(first).nonce());
            assertThat(Greeter.SEEN).isEmpty();
            String right = fixture.authorization(challenge(second), "alice", "ecila", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 3, right))))
                    .isEqualTo("200");
            assertThat(Greeter.SEEN).containsExactly("MESSAGE " + ALICE);
        }
    }

    @Test
    @Proves("J-17-b")
    void aConstraintWithProxyAuthenticationChallengesAsAProxy() throws Exception {
        Constraint constraint = new Constraint(List.of(), Set.of(), Set.of("caller"), true, true, false);
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, constraint)) {
            String first = fixture.hears(fixture.request("INVITE", "c", 1));
            assertThat(status(first)).isEqualTo("407");
            assertThat(first).doesNotContain("WWW-Authenticate");
            Challenge challenge = challenges(first, "Proxy-Authenticate").get(0);
            fixture.caller.send(
                    fixture.caller.request("ACK", fixture.container.port, "c", RawPeer.toTag(first), 1, ""),
                    fixture.container.port);
            String right = "Proxy-" + fixture.authorization(challenge, "bob", "bob", "INVITE");
            assertThat(status(fixture.hears(fixture.request("INVITE", "c", 2, right))))
                    .isEqualTo("200");
            assertThat(Greeter.SEEN).hasSize(1);
        }
    }

    @Test
    @Proves("J-17-d")
    void aUserWithoutTheRoleIsForbiddenAndSoIsEverybodyWhereNoRoleIsNamed() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("boss"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            String bob = fixture.authorization(challenge, "bob", "bob", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 2, bob))))
                    .isEqualTo("403");
            String alice = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 3, alice))))
                    .isEqualTo("200");
            assertThat(Greeter.SEEN).hasSize(1);
        }
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles())) {
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 1))))
                    .isEqualTo("403");
            assertThat(Greeter.SEEN).isEmpty();
        }
    }

    @Test
    void aStarMeansAnyRoleOfTheApplicationAndEachConstraintMustHold() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("*"), roles("boss", "admin"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            String bob = fixture.authorization(challenge, "bob", "bob", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 2, bob))))
                    .isEqualTo("403");
            String alice = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 3, alice))))
                    .isEqualTo("200");
        }
    }

    @Test
    @Proves("J-17-e")
    void aConstraintIsForItsMethodsAndServletsAlone() throws Exception {
        Constraint message =
                new Constraint(List.of("Greeter"), Set.of("MESSAGE"), Set.of("caller"), true, false, false);
        Constraint elsewhere = new Constraint(List.of("Other"), Set.of(), Set.of("caller"), true, false, false);
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, message, elsewhere)) {
            assertThat(status(fixture.hears(fixture.request("OPTIONS", "o", 1))))
                    .isEqualTo("200");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "m", 1))))
                    .isEqualTo("401");
            assertThat(Greeter.SEEN).containsExactly("OPTIONS " + NOBODY);
        }
    }

    @Test
    @Proves({
        "J-17-g",
        "SipServletMessage.getUserPrincipal",
        "SipServletMessage.getRemoteUser",
        "SipServletMessage.isUserInRole"
    })
    void theServletLearnsWhoAsksAndTheirRolesUnderItsOwnNamesToo() throws Exception {
        Constraint message = new Constraint(List.of(), Set.of("MESSAGE"), Set.of("caller"), true, false, false);
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, message)) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            String bob = fixture.authorization(challenge, "bob", "bob", "MESSAGE");
            fixture.hears(fixture.request("MESSAGE", "c", 2, bob));
            String alice = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
            fixture.hears(fixture.request("MESSAGE", "d", 1, alice));
            fixture.hears(fixture.request("OPTIONS", "e", 1, alice));
            assertThat(Greeter.SEEN)
                    .containsExactly(
                            "MESSAGE bob bob caller=true boss=false chief=false",
                            "MESSAGE " + ALICE,
                            "OPTIONS " + NOBODY);
        }
    }

    @Test
    @Proves({"J-17-f", "3261-22.1-a"})
    void whatBelongsToACallThatWasLetInIsNotChallenged() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("caller"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("OPTIONS", "o", 1)));
            int port = fixture.container.port;
            RawPeer caller = fixture.caller;

            String alice = fixture.authorization(challenge, "alice", "ecila", "INVITE");
            String ok = fixture.hears(fixture.request("INVITE", "call", 1, alice));
            caller.send(caller.request("ACK", port, "call", RawPeer.toTag(ok), 1, ""), port);

            String ringing = fixture.authorization(challenge, "alice", "ecila", "INVITE");
            caller.send(fixture.request("INVITE", "cancelled", 1, ringing, "X-Ring: yes"), port);
            caller.await("SIP/2.0 180", "cancelled");
            String cancel = caller.request("CANCEL", port, "cancelled", null, 1, "")
                    .replace("-cancelled-1CANCEL", "-cancelled-1INVITE");
            caller.send(cancel, port);
            caller.awaitOk("CANCEL", "cancelled");
            assertThat(caller.await("SIP/2.0 487", "cancelled")).contains("INVITE");

            String reliable = fixture.authorization(challenge, "alice", "ecila", "INVITE");
            caller.send(fixture.request("INVITE", "early", 1, reliable, "Supported: 100rel"), port);
            String early = caller.await("SIP/2.0 180", "early");
            String prack = caller.request("PRACK", port, "early", RawPeer.toTag(early), 2, "");
            caller.send(with(prack, "RAck: " + RawPeer.header(early, "RSeq") + " 1 INVITE"), port);
            caller.awaitOk("PRACK", "early");
            await().untilAsserted(() ->
                    assertThat(Greeter.SEEN).contains("ACK " + NOBODY, "CANCEL " + NOBODY, "PRACK " + NOBODY));
        }
    }

    @Test
    void aRequestInADialogIsChallengedAndTheDialogGoesOn() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, roles("caller"))) {
            RawPeer caller = fixture.caller;
            int port = fixture.container.port;
            Challenge challenge = challenge(fixture.hears(fixture.request("OPTIONS", "o", 1)));
            String alice = fixture.authorization(challenge, "alice", "ecila", "INVITE");
            String tag = RawPeer.toTag(fixture.hears(fixture.request("INVITE", "call", 1, alice)));
            caller.send(caller.request("ACK", port, "call", tag, 1, ""), port);
            String refused = fixture.hears(caller.request("BYE", port, "call", tag, 2, ""));
            assertThat(status(refused)).isEqualTo("401");
            String right = fixture.authorization(challenge(refused), "alice", "ecila", "BYE");
            assertThat(status(fixture.hears(with(caller.request("BYE", port, "call", tag, 3, ""), right))))
                    .isEqualTo("200");
            assertThat(Greeter.SEEN).contains("BYE " + ALICE);
        }
    }

    @Test
    void withoutAUserDatabaseOrALoginMethodNobodyGetsIn() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SecuritySettings.DEFAULTS, roles("caller"))) {
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 1))))
                    .isEqualTo("403");
        }
        Login certificate = new Login("CLIENT-CERT", null, null);
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, certificate, roles("caller"))) {
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 1))))
                    .isEqualTo("403");
        }
    }

    @Test
    void usersThatCannotBeAskedAreATemporaryFault() throws Exception {
        Users broken = (name, realm) -> {
            throw new IOException("no route to the directory");
        };
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS.withUsers(broken), roles("caller"))) {
            Challenge challenge = challenge(fixture.hears(fixture.request("MESSAGE", "c", 1)));
            String alice = fixture.authorization(challenge, "alice", "ecila", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 2, alice))))
                    .isEqualTo("503");
        }
    }

    @Test
    void aConfidentialServletIsNotReachedByUdp() throws Exception {
        Constraint confidential = new Constraint(List.of(), Set.of(), Set.of(), false, false, true);
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, confidential)) {
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "c", 1))))
                    .isEqualTo("403");
            assertThat(Greeter.SEEN).isEmpty();
        }
    }

    @Test
    void aTrustedPeerVouchesForACaller() throws Exception {
        SecuritySettings trusting = SETTINGS.withTrustedPeers(Set.of(InetAddress.getLoopbackAddress()));
        String asserted = "P-Asserted-Identity: \"Bob\" <sip:bob@Example.com>";
        String stranger = "P-Asserted-Identity: <sip:alice@elsewhere.example>";
        Login required = new Login("DIGEST", REALM, "REQUIRED");
        Login supported = new Login("DIGEST", REALM, "SUPPORTED");
        try (SecurityFixture fixture = new SecurityFixture(trusting, required, roles("caller"))) {
            assertThat(status(fixture.hearsByTcp(fixture.request("MESSAGE", "a", 1, asserted))))
                    .isEqualTo("200");
            assertThat(status(fixture.hearsByTcp(fixture.request("MESSAGE", "b", 1, stranger))))
                    .isEqualTo("403");
            assertThat(status(fixture.hearsByTcp(fixture.request("MESSAGE", "c", 1))))
                    .isEqualTo("403");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "d", 1, asserted))))
                    .isEqualTo("403"); // anybody can write the source address of a datagram
            assertThat(Greeter.SEEN).containsExactly("MESSAGE bob bob caller=true boss=false chief=false");
        }
        try (SecurityFixture fixture = new SecurityFixture(trusting, supported, roles("caller"))) {
            assertThat(status(fixture.hearsByTcp(fixture.request("MESSAGE", "a", 1, asserted))))
                    .isEqualTo("200");
            assertThat(status(fixture.hearsByTcp(fixture.request("MESSAGE", "c", 1))))
                    .isEqualTo("401");
        }
        try (SecurityFixture fixture = new SecurityFixture(SETTINGS, supported, roles("caller"))) {
            assertThat(status(fixture.hearsByTcp(fixture.request("MESSAGE", "a", 1, asserted))))
                    .isEqualTo("401"); // anybody can write such a header
        }
    }

    /** They were never seen by a servlet that could end them. */
    @Test
    void nothingIsLeftOfRequestsThatWereNotLetIn() throws Exception {
        SipServerSettings quick = SipServerSettings.DEFAULTS.withT1(Duration.ofMillis(20));
        try (SecurityFixture fixture = new SecurityFixture(quick, SETTINGS, roles("caller"))) {
            for (String method : List.of("INVITE", "MESSAGE", "REGISTER", "SUBSCRIBE")) {
                for (int call = 0; call < 5; call++) {
                    String id = method + call;
                    String refused = fixture.hears(fixture.request(method, id, 1, "Event: presence"));
                    assertThat(status(refused)).isEqualTo("401");
                    if (method.equals("INVITE")) {
                        fixture.caller.send(
                                fixture.caller.request(
                                        "ACK", fixture.container.port, id, RawPeer.toTag(refused), 1, ""),
                                fixture.container.port);
                    }
                }
            }
            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> {
                assertThat(fixture.application.sessionCount()).isZero();
                assertThat(fixture.container.server.transactionCount()).isZero();
                assertThat(fixture.container.server.queueNames()).isZero();
            });
        }
    }
}
