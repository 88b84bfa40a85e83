// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TelURL;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.Test;

class SipFactoryApiTest extends ApiScene {
    @Test
    @Proves({"SipFactory", "SipFactory.createURI"})
    void aUriIsMadeOfText() throws Exception {
        assertThat(SipFactory.class).isInterface();
        assertThat(factory.createURI("sip:alice@example.com")).isInstanceOf(SipURI.class);
        assertThat(factory.createURI("sips:alice@example.com")).isInstanceOf(SipURI.class);
        assertThat(factory.createURI("tel:+12015550123")).isInstanceOf(TelURL.class);
        assertThat(factory.createURI("mailto:alice@example.com"))
                .isNotInstanceOfAny(SipURI.class, TelURL.class)
                .hasToString("mailto:alice@example.com");
        assertThatThrownBy(() -> factory.createURI("no uri")).isInstanceOf(ServletParseException.class);
        assertThatThrownBy(() -> factory.createURI("sip:")).isInstanceOf(ServletParseException.class);
    }

    @Test
    @Proves("SipFactory.createSipURI")
    void aSipUriIsMadeOfUserAndHost() {
        SipURI uri = factory.createSipURI("alice", "example.com");

        assertThat(uri).hasToString("sip:alice@example.com");
        assertThat(uri.isSecure()).isFalse();
        assertThat(uri.getPort()).isEqualTo(-1);
        assertThat(factory.createSipURI(null, "example.com")).hasToString("sip:example.com");
    }

    @Test
    @Proves({"SipFactory.createAddress-String", "SipFactory.createAddress-URI", "SipFactory.createAddress-URI-String"})
    void anAddressIsMadeOfTextOrOfAUri() throws Exception {
        Address text = factory.createAddress("\"Alice\" <sip:alice@example.com>;p=v");
        assertThat(text.getURI()).hasToString("sip:alice@example.com");
        assertThat(text.getParameter("p")).isEqualTo("v");
        Address bare = factory.createAddress("sip:alice@example.com;p=v");
        assertThat(bare.getParameter("p")).isEqualTo("v");
        assertThat(factory.createAddress("*").isWildcard()).isTrue();

        URI uri = factory.createURI("sip:alice@example.com;p=v");
        assertThat(factory.createAddress(uri).getURI()).isEqualTo(uri);
        assertThat(factory.createAddress(uri).getDisplayName()).isNull();
        assertThat(factory.createAddress(uri).getParameter("p")).isNull();
        assertThat(factory.createAddress(uri, "Alice").getDisplayName()).isEqualTo("Alice");
        assertThat(factory.createAddress(uri, "Alice").getURI()).isEqualTo(uri);
        assertThatThrownBy(() -> factory.createAddress("<sip:")).isInstanceOf(ServletParseException.class);
    }

    @Test
    @Proves("SipFactory.createRequest-SipApplicationSession-String-String-String")
    void aRequestIsMadeOfTexts() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        String to = "sip:callee@127.0.0.1:" + peer.port();
        SipServletRequest options = factory.createRequest(session, "OPTIONS", "sip:us@127.0.0.1", to);
        assertSentAsAsked(session, options);

        assertThatThrownBy(() -> factory.createRequest(session, "OPTIONS", "no address", to))
                .isInstanceOf(ServletParseException.class);
        assertThatThrownBy(() -> factory.createRequest(session, "ACK", "sip:us@127.0.0.1", to))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> factory.createRequest(session, "CANCEL", "sip:us@127.0.0.1", to))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves("SipFactory.createRequest-SipApplicationSession-String-URI-URI")
    void aRequestIsMadeOfUris() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        URI from = factory.createURI("sip:us@127.0.0.1");
        URI to = factory.createURI("sip:callee@127.0.0.1:" + peer.port());
        assertSentAsAsked(session, factory.createRequest(session, "OPTIONS", from, to));

        assertThatThrownBy(() -> factory.createRequest(session, "ACK", from, to))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves("SipFactory.createRequest-SipApplicationSession-String-Address-Address")
    void aRequestIsMadeOfAddresses() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        Address from = factory.createAddress("<sip:us@127.0.0.1>;tag=mine");
        Address to = factory.createAddress("\"Callee\" <sip:callee@127.0.0.1:" + peer.port() + ">;tag=theirs");
        SipServletRequest options = factory.createRequest(session, "OPTIONS", from, to);

        assertThat(options.getFrom().getParameter("tag")).isNotBlank().isNotEqualTo("mine");
        assertThat(options.getTo().getParameter("tag")).isNull();
        assertThat(options.getTo().getDisplayName()).isEqualTo("Callee");
        assertSentAsAsked(session, options);
        assertThatThrownBy(() -> factory.createRequest(session, "ACK", from, to))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertSentAsAsked(SipApplicationSession session, SipServletRequest options) throws Exception {
        assertThat(options.getApplicationSession()).isEqualTo(session);
        assertThat(options.getMethod()).isEqualTo("OPTIONS");
        assertThat(options.isInitial()).isTrue();
        options.send();
        String sent = heard("OPTIONS", options);
        assertThat(sent).startsWith("OPTIONS sip:callee@127.0.0.1:" + peer.port() + " SIP/2.0\r\n");
        assertThat(RawPeer.header(sent, "From")).contains("sip:us@127.0.0.1").contains(";tag=");
        assertThat(RawPeer.header(sent, "To"))
                .contains("sip:callee@127.0.0.1:" + peer.port())
                .doesNotContain("tag=");
        assertThat(RawPeer.header(sent, "CSeq")).isEqualTo("1 OPTIONS");
        assertThat(RawPeer.header(sent, "Contact")).contains("127.0.0.1:" + container.port);
        peer.send(peer.response(sent, 200, "OK", ""), container.port);
        assertThat(Script.response(options.getCallId()).getRequest()).isEqualTo(options);
    }

    @Test
    @Proves({
        "SipFactory.createRequest-SipApplicationSession-String-Address-Address",
        "SipFactory.createRequest-SipApplicationSession-String-URI-URI"
    })
    void whatMayNotStandInFromAndToIsLeftOut() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        URI from = factory.createURI("sip:us@127.0.0.1;transport=udp;method=INFO;own=1");
        URI to = factory.createURI("sip:callee@127.0.0.1:" + peer.port() + ";lr;maddr=127.0.0.1;ttl=1;own=1");
        SipServletRequest byUri = factory.createRequest(session, "OPTIONS", from, to);
        SipServletRequest byAddress =
                factory.createRequest(session, "OPTIONS", factory.createAddress(from), factory.createAddress(to));

        for (SipServletRequest request : new SipServletRequest[] {byUri, byAddress}) {
            assertThat(request.getFrom().getURI()).hasToString("sip:us@127.0.0.1;own=1");
            assertThat(request.getTo().getURI()).hasToString("sip:callee@127.0.0.1:" + peer.port() + ";own=1");
        }
        assertThat(from.getParameter("transport")).isEqualTo("udp"); // a copy was changed
    }

    @Test
    @Proves({
        "SipFactory.createApplicationSession",
        "SipFactory.createRequest-SipApplicationSession-String-String-String"
    })
    void aSessionThatHasEndedGetsNoRequests() {
        SipApplicationSession session = factory.createApplicationSession();
        assertThat(session.isValid()).isTrue();
        session.invalidate();
        assertThatThrownBy(() -> factory.createRequest(session, "OPTIONS", "sip:us@127.0.0.1", "sip:a@127.0.0.1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("deprecation")
    @Proves("SipFactory.createRequest-SipServletRequest-boolean")
    void aRequestIsMadeLikeAnotherOne() throws Exception {
        String options = request("OPTIONS", "Subject: fire", "Record-Route: <sip:127.0.0.9;lr>");
        check(options, incoming -> {
            SipServletRequest other = factory.createRequest(incoming, false);
            assertThat(other.getMethod()).isEqualTo("OPTIONS");
            assertThat(other.getHeader("Subject")).isEqualTo("fire");
            assertThat(other.getHeader("Record-Route")).isNull();
            assertThat(other.getHeaders("Via")).toIterable().noneMatch(via -> via.contains(":" + peer.port()));
            assertThat(other.getFrom().getParameter("tag")).isNotBlank().isNotEqualTo("raw");
            assertThat(other.getTo().getParameter("tag")).isNull();
            assertThat(other.getCallId()).isNotEqualTo(incoming.getCallId());
            assertThat(other.getSession()).isNotEqualTo(incoming.getSession());
            assertThat(other.getApplicationSession()).isEqualTo(incoming.getApplicationSession());
            assertThat(factory.createRequest(incoming, true).getCallId()).isEqualTo(incoming.getCallId());
        });
    }

    @Test
    @Proves("SipFactory.createAddress-String")
    void withoutBracketsAParameterIsTheAddresss() throws Exception {
        Address address = factory.createAddress("sip:alice@example.com;p=v");
        assertThat(address.getURI().getParameter("p")).isNull();
        assertThat(address.getURI()).hasToString("sip:alice@example.com");
    }

    @Test
    @Proves({
        "SipFactory.createRequest-SipApplicationSession-String-Address-Address",
        "SipFactory.createRequest-SipApplicationSession-String-URI-URI"
    })
    void headersOfAUriAreLeftOutOfFromAndTo() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        URI uri = factory.createURI("sip:us@127.0.0.1?Subject=x");
        SipServletRequest byUri = factory.createRequest(session, "OPTIONS", uri, uri);
        SipServletRequest byAddress =
                factory.createRequest(session, "OPTIONS", factory.createAddress(uri), factory.createAddress(uri));
        for (SipServletRequest request : new SipServletRequest[] {byUri, byAddress}) {
            assertThat(request.getFrom().getURI()).hasToString("sip:us@127.0.0.1");
            assertThat(request.getTo().getURI()).hasToString("sip:us@127.0.0.1");
        }
    }
}
