// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ifbus.sip.security.Credentials;
import io.ifbus.sip.security.DigestAlgorithm;
import io.ifbus.sip.security.DigestClient;
import io.ifbus.sip.security.DigestServer;
import io.ifbus.sip.security.Nonces;
import io.ifbus.sip.security.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.sip.AuthInfo;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mobicents.javax.servlet.sip.SipServletRequestExt;

/** Requests of an application that are challenged by somebody else. */
class DigestLoginTest {
    private static final String ALICE = "ecila"; // her password

    private final DigestServer registrar = new DigestServer(
            SecurityFixture.REALM,
            List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.SHA_512_256, DigestAlgorithm.MD5),
            SecurityFixture.USERS,
            new Nonces(InstantSource.system(), new Random(1), Duration.ofMinutes(5), 100));
    private TestServer container;
    private RawPeer peer;
    private SipFactory factory;

    @BeforeEach
    void open() throws Exception {
        Uac.RESPONSES.clear();
        peer = new RawPeer();
        container = new TestServer(Uac.class);
        factory = container.application.sipFactory();
    }

    @AfterEach
    void close() {
        container.close();
        peer.close();
    }

    // ---- the story's verbs ----

    private SipServletRequest request(String method) throws Exception {
        SipServletRequest request = factory.createRequest(
                factory.createApplicationSession(), method, "sip:us@127.0.0.1", "sip:them@127.0.0.1");
        request.setRequestURI(factory.createURI("sip:them@127.0.0.1:" + peer.port()));
        return request;
    }

    private static String challenge(String realm, String nonce, String more) {
        return "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\"" + more;
    }

    /** The peer answers {@code request} with these header lines; the response as the application gets it. */
    private SipServletResponse answered(String request, int status, String... headers) throws Exception {
        peer.send(SecurityFixture.with(peer.response(request, status, "Response", ""), headers), container.port);
        SipServletResponse response = Uac.RESPONSES.poll(5, TimeUnit.SECONDS);
        assertThat(response).isNotNull();
        assertThat(response.getStatus()).isEqualTo(status);
        return response;
    }

    private static SipServletRequest again(SipServletResponse challenge) {
        return challenge.getSession().createRequest(challenge.getMethod());
    }

    /** The challenge of the registrar as header lines. */
    private String[] challenges(boolean stale) {
        return registrar.challenges(stale).stream()
                .map(each -> "WWW-Authenticate: " + each.headerValue())
                .toArray(String[]::new);
    }

    private static List<Credentials> credentials(String request, String header) {
        List<Credentials> found = new ArrayList<>();
        Matcher values = Pattern.compile("(?m)^" + header + ": (.*)$").matcher(request);
        while (values.find()) {
            found.add(Credentials.parse(values.group(1)));
        }
        return found;
    }

    private Verdict verdict(String request) throws Exception {
        String uri = request.split(" ")[1];
        return registrar.verify(credentials(request, "Authorization").get(0), request.split(" ")[0], uri::equals);
    }

    private static long cseq(String request) {
        return Long.parseLong(RawPeer.header(request, "CSeq").split(" ")[0]);
    }

    // ---- the story ----

    @Test
    @Proves({
        "J-17-i",
        "3261-22.2-a",
        "7616-3.4-a",
        "8760-2.1-a",
        "SipServletRequest.addAuthHeader-SipServletResponse-String-String"
    })
    void anInviteAndTheByeAfterItAreRepeatedWithCredentials() throws Exception {
        request("INVITE").send();
        String first = peer.await("INVITE");
        SipServletResponse challenge = answered(first, 401, challenges(false));
        SipServletRequest retry = again(challenge);
        retry.addAuthHeader(challenge, "alice", ALICE);
        retry.send();
        String second = peer.await("INVITE");
        assertThat(verdict(second)).isInstanceOf(Verdict.Accepted.class);
        assertThat(RawPeer.header(second, "Call-ID")).isEqualTo(RawPeer.header(first, "Call-ID"));
        assertThat(RawPeer.header(second, "From")).isEqualTo(RawPeer.header(first, "From"));
        assertThat(RawPeer.header(second, "To")).isEqualTo(RawPeer.header(first, "To"));
        assertThat(cseq(second)).isGreaterThan(cseq(first));
        Credentials sent = credentials(second, "Authorization").get(0);
        assertThat(sent.algorithm()).isEqualTo("SHA-256");
        assertThat(sent.qop()).isEqualTo("auth");
        assertThat(sent.cnonce()).isNotBlank();
        assertThat(sent.nc()).isEqualTo("00000001");

        SipServletResponse ok = answered(second, 200);
        ok.createAck().send();
        peer.await("ACK");
        ok.getSession().createRequest("BYE").send();
        String bye = peer.await("BYE");
        String sameNonce = "WWW-Authenticate: "
                + challenge(SecurityFixture.REALM, sent.nonce(), ", algorithm=SHA-256, qop=\"auth\"");
        SipServletResponse byeChallenge = answered(bye, 401, sameNonce);
        SipServletRequest byeAgain = again(byeChallenge);
        byeAgain.addAuthHeader(byeChallenge, "alice", ALICE);
        byeAgain.send();
        String secondBye = peer.await("BYE");
        assertThat(verdict(secondBye)).isInstanceOf(Verdict.Accepted.class);
        assertThat(credentials(secondBye, "Authorization").get(0).nc()).isEqualTo("00000002");
        assertThat(RawPeer.header(secondBye, "Call-ID")).isEqualTo(RawPeer.header(first, "Call-ID"));
        assertThat(RawPeer.header(secondBye, "To")).isEqualTo(RawPeer.header(bye, "To"));
        assertThat(cseq(secondBye)).isGreaterThan(cseq(bye));
    }

    @Test
    @Proves({
        "J-17-i",
        "AuthInfo",
        "AuthInfo.addAuthInfo",
        "SipFactory.createAuthInfo",
        "SipServletRequest.addAuthHeader-SipServletResponse-AuthInfo",
        "SipServletResponse.getChallengeRealms"
    })
    void aProxysChallengeIsAnsweredFromAnAuthInfo() throws Exception {
        request("MESSAGE").send();
        SipServletResponse challenge = answered(
                peer.await("MESSAGE"),
                407,
                "Proxy-Authenticate: " + challenge("a", "1", ", algorithm=MD5, qop=\"auth\", opaque=\"keep\""));
        Iterator<?> realms = challenge.getChallengeRealms();
        assertThat(realms.next()).isEqualTo("a");
        assertThat(realms.hasNext()).isFalse();
        AuthInfo known = factory.createAuthInfo();
        known.addAuthInfo(407, "b", "bob", "bob");
        known.addAuthInfo(407, "a", "alice", ALICE);
        SipServletRequest retry = again(challenge);
        retry.addAuthHeader(challenge, known);
        retry.send();
        String second = peer.await("MESSAGE");
        assertThat(credentials(second, "Authorization")).isEmpty();
        Credentials sent = credentials(second, "Proxy-Authorization").get(0);
        assertThat(sent.username()).isEqualTo("alice");
        assertThat(sent.opaque()).isEqualTo("keep");
    }

    @Test
    @Proves({"7616-3.7-a", "8760-2.4-a", "8760-2.2-a"})
    void ofEachRealmTheTopmostChallengeOfAKnownAlgorithmIsAnswered() throws Exception {
        request("MESSAGE").send();
        SipServletResponse challenge = answered(
                peer.await("MESSAGE"),
                401,
                "WWW-Authenticate: " + challenge("a", "1", ", algorithm=SHA3-512, qop=\"auth\""),
                "WWW-Authenticate: " + challenge("a", "2", ", algorithm=SHA-512-256, qop=\"auth\""),
                "WWW-Authenticate: " + challenge("b", "3", ", algorithm=MD5, qop=\"auth\""),
                "WWW-Authenticate: " + challenge("a", "4", ", algorithm=MD5, qop=\"auth\""),
                "WWW-Authenticate: " + challenge("b", "5", ", algorithm=SHA-256, qop=\"auth\""),
                "WWW-Authenticate: " + challenge("c", "6", ", algorithm=SHA-256, qop=\"auth\""),
                "Proxy-Authenticate: " + challenge("d", "7", ""));
        SipServletRequest retry = again(challenge);
        retry.addAuthHeader(challenge, "alice", ALICE);
        retry.send();
        String second = peer.await("MESSAGE");
        assertThat(credentials(second, "Authorization"))
                .extracting(
                        Credentials::nonce,
                        each -> each.response().replaceAll("[0-9a-f]", "x").length())
                .containsExactly(tuple("2", 64), tuple("3", 32), tuple("6", 64));
        assertThat(credentials(second, "Authorization"))
                .allMatch(each -> each.response().matches("[0-9a-f]+"));
        assertThat(credentials(second, "Proxy-Authorization"))
                .extracting(Credentials::nonce, Credentials::algorithm, Credentials::qop)
                .containsExactly(tuple("7", null, null));
    }

    @Test
    void aRealmThatCannotBeAnsweredIsAFaultOfTheApplicationAndChangesNothing() throws Exception {
        request("MESSAGE").send();
        SipServletResponse challenge = answered(
                peer.await("MESSAGE"),
                401,
                "WWW-Authenticate: " + challenge("known", "1", ", qop=\"auth\""),
                "WWW-Authenticate: " + challenge("strange", "2", ", algorithm=SHA3-512, qop=\"auth\""));
        SipServletRequest retry = again(challenge);
        assertThatThrownBy(() -> retry.addAuthHeader(challenge, "alice", ALICE))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("strange");
        assertThatThrownBy(() -> retry.addAuthHeader(challenge, factory.createAuthInfo()))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("no credentials for the realm");
        assertThat(retry.getHeader("Authorization")).isNull();
    }

    @Test
    @Proves("3261-22.2-b")
    void credentialsThatWereRefusedAreNotSentAgainUnlessTheNonceWasStale() throws Exception {
        request("MESSAGE").send();
        SipServletResponse first = answered(peer.await("MESSAGE"), 401, challenges(false));
        SipServletRequest wrong = again(first);
        wrong.addAuthHeader(first, "alice", "guess");
        wrong.send();
        String refused = peer.await("MESSAGE");
        assertThat(verdict(refused)).isEqualTo(new Verdict.Challenged(false));
        String same = "WWW-Authenticate: "
                + challenge(
                        SecurityFixture.REALM,
                        credentials(refused, "Authorization").get(0).nonce(),
                        ", algorithm=SHA-256, qop=\"auth\"");
        SipServletResponse second = answered(refused, 401, same);
        SipServletRequest retry = again(second);
        assertThatThrownBy(() -> retry.addAuthHeader(second, "alice", "guess"))
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("refused");
        retry.addAuthHeader(second, "alice", ALICE); // another password may be tried
        retry.send();
        String third = peer.await("MESSAGE");
        SipServletResponse stale = answered(third, 401, challenges(true));
        SipServletRequest fresh = again(stale);
        fresh.addAuthHeader(stale, "alice", ALICE);
        fresh.send();
        String last = peer.await("MESSAGE");
        assertThat(credentials(last, "Authorization")).hasSize(1);
        assertThat(verdict(last)).isInstanceOf(Verdict.Accepted.class);
    }

    /** RFC 3261 section 22.3: each of the proxies on the way wants its own. */
    @Test
    void credentialsForOneProxyStayWhenTheNextOneAsks() throws Exception {
        request("MESSAGE").send();
        SipServletResponse outer = answered(
                peer.await("MESSAGE"), 407, "Proxy-Authenticate: " + challenge("outer", "1", ", qop=\"auth\""));
        SipServletRequest second = again(outer);
        second.addAuthHeader(outer, "alice", ALICE);
        second.send();
        SipServletResponse inner = answered(
                peer.await("MESSAGE"), 407, "Proxy-Authenticate: " + challenge("inner", "2", ", qop=\"auth\""));
        SipServletRequest third = again(inner);
        third.addAuthHeader(inner, "alice", ALICE);
        third.send();
        assertThat(credentials(peer.await("MESSAGE"), "Proxy-Authorization"))
                .extracting(Credentials::realm, Credentials::nonce, Credentials::nc)
                .containsExactly(tuple("outer", "1", "00000002"), tuple("inner", "2", "00000001"));
    }

    /** The stack copies a call's Proxy-Authorization into the requests after it; a proxy must not be shown it as an answer. */
    @Test
    void aProxyThatAsksForTheInviteAndTheByeGetsItsOwnAnswerEachTime() throws Exception {
        request("INVITE").send();
        SipServletResponse challenge = answered(peer.await("INVITE"), 407, proxyChallenge("1"));
        SipServletRequest retry = again(challenge);
        retry.addAuthHeader(challenge, "alice", ALICE);
        retry.send();
        SipServletResponse ok = answered(peer.await("INVITE"), 200);
        ok.createAck().send();
        assertThat(credentials(peer.await("ACK"), "Proxy-Authorization")).hasSizeLessThan(2);
        ok.getSession().createRequest("BYE").send();
        SipServletResponse byeChallenge = answered(peer.await("BYE"), 407, proxyChallenge("1"));
        SipServletRequest bye = again(byeChallenge);
        bye.addAuthHeader(byeChallenge, "alice", ALICE);
        bye.send();
        List<Credentials> sent = credentials(peer.await("BYE"), "Proxy-Authorization");
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).nc()).isEqualTo("00000002");
        assertThat(DigestClient.areMadeOf(sent.get(0), "alice", ALICE, "BYE")).isTrue();
    }

    private static String proxyChallenge(String nonce) {
        return "Proxy-Authenticate: " + challenge("proxy", nonce, ", algorithm=SHA-256, qop=\"auth\"");
    }

    /** What the engine offers beyond JSR 289. */
    @Test
    void rememberedCredentialsAreUsedWithTheNextNonce() throws Exception {
        request("MESSAGE").send();
        SipServletResponse challenge =
                answered(peer.await("MESSAGE"), 401, "WWW-Authenticate: " + challenge("r", "first", ", qop=\"auth\""));
        SipServletRequest retry = again(challenge);
        ((SipServletRequestExt) retry).addAuthHeader(challenge, "alice", ALICE, true);
        retry.send();
        SipServletResponse ok =
                answered(peer.await("MESSAGE"), 200, "Authentication-Info: nextnonce=\"second\", qop=auth");
        again(ok).send();
        assertThat(credentials(peer.await("MESSAGE"), "Authorization"))
                .extracting(Credentials::nonce, Credentials::nc)
                .containsExactly(tuple("second", "00000001"));
    }
}
