// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.tests.applications.guarded.Gate;
import io.ifbus.sip.tests.server.ArquillianServer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** An application whose callers are users of one of the server's security domains. */
@ArquillianTest
@RunAsClient
@ServerSetup(UsersOfTheTest.class)
class SecurityIT {
    private static final String REALM = "example.org";

    private final int port = ArquillianServer.ports().sip();
    private final String uri = "sip:gate@127.0.0.1:" + port;

    @Deployment(testable = false)
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "guarded.war")
                .addPackage(Gate.class.getPackage())
                .addAsWebInfResource(Archives.resource("guarded-sip.xml"), "sip.xml")
                .addAsWebInfResource(
                        new StringAsset("<jboss-web><security-domain>sip-it</security-domain></jboss-web>"),
                        "jboss-web.xml")
                .addAsWebInfResource(Archives.resource("guarded-ejb.xml"), "jboss-ejb3.xml");
    }

    @Test
    @Proves({"J-17-a"})
    void whoDoesNotSayWhoItIsIsChallenged() {
        String answer = SipRequest.of("MESSAGE", port).answer(uri);

        assertThat(answer).startsWith("SIP/2.0 401 ");
        assertThat(SipRequest.header(answer, "WWW-Authenticate"))
                .startsWith("Digest ")
                .contains("realm=\"" + REALM + "\"");
    }

    @Test
    @Proves({"J-17-c", "J-17-g"})
    void aUserInTheRoleIsLetInAndKnown() {
        String answer = withCredentials("alice", "secret");

        assertThat(answer).startsWith("SIP/2.0 200 ");
        assertThat(SipRequest.header(answer, "X-User")).isEqualTo("alice");
        assertThat(SipRequest.header(answer, "X-Caller")).isEqualTo("true");
        assertThat(SipRequest.header(answer, "X-Boss")).isEqualTo("false");
    }

    @Test
    @Proves({"J-17-c"})
    void aWrongPasswordIsChallengedAgain() {
        assertThat(withCredentials("alice", "guessed")).startsWith("SIP/2.0 401 ");
        assertThat(withCredentials("nobody", "secret")).startsWith("SIP/2.0 401 ");
    }

    @Test
    @Proves({"J-17-d"})
    void aUserWithoutTheRoleIsForbidden() {
        assertThat(withCredentials("mallory", "open")).startsWith("SIP/2.0 403 ");
    }

    @Test
    void anEjbIsCalledByTheOneWhoIsLetIn() {
        String answer = withCredentials("alice", "secret");

        assertThat(SipRequest.header(answer, "X-Vault-Caller")).isEqualTo("alice");
        assertThat(SipRequest.header(answer, "X-Vault-Opens")).isEqualTo("true");
        assertThat(SipRequest.header(answer, "X-Vault-Records")).isEqualTo("false");
    }

    @Test
    @Proves({"J-17-h"})
    void aServletWithARoleOfItsOwnCallsEjbsInIt() {
        String answer = SipRequest.of("OPTIONS", port).answer(uri);

        assertThat(answer).startsWith("SIP/2.0 200 ");
        assertThat(SipRequest.header(answer, "X-User")).isEqualTo("null");
        assertThat(SipRequest.header(answer, "X-Vault-Records")).isEqualTo("true");
        assertThat(SipRequest.header(answer, "X-Vault-Opens")).isEqualTo("false");
    }

    /** Over UDP anybody can write a trusted peer's address. */
    @Test
    void aTrustedPeerSaysWhoItsCallerIsOverAConnectionAlone() {
        SipRequest asserted = SipRequest.of("MESSAGE", port).with("P-Asserted-Identity", "<sip:alice@" + REALM + ">");

        assertThat(asserted.answer(uri)).startsWith("SIP/2.0 401 ");
        String answer = asserted.answerByTcp(uri);

        assertThat(answer).startsWith("SIP/2.0 200 ");
        assertThat(SipRequest.header(answer, "X-User")).isEqualTo("alice");
        assertThat(SipRequest.header(answer, "X-Vault-Caller")).isEqualTo("alice");
    }

    /** Answers a challenge by MD5, as each SIP phone can (RFC 7616 section 3.4.1). */
    private String withCredentials(String user, String password) {
        String challenge = SipRequest.of("MESSAGE", port)
                .answer(uri)
                .lines()
                .filter(line -> line.startsWith("WWW-Authenticate: Digest ") && line.contains("MD5"))
                .findFirst()
                .orElseThrow();
        String nonce = parameter(challenge, "nonce");
        String ha1 = md5(user + ":" + REALM + ":" + password);
        String response = md5(String.join(":", ha1, nonce, "00000001", "abc", "auth", md5("MESSAGE:" + uri)));
        String credentials =
                "Digest username=\"" + user + "\", realm=\"" + REALM + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                        + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"abc\", response=\"" + response + "\"";
        return SipRequest.of("MESSAGE", port).with("Authorization", credentials).answer(uri);
    }

    private static String parameter(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        assertThat(matcher.find()).as(challenge).isTrue();
        return matcher.group(1);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("each JDK has MD5", e);
        }
    }
}
