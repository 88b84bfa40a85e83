// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TLS in both directions: who must show what, and what is said when it is wrong. */
class TlsTest {
    private Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @Proves("3261-26.2.1-a")
    void theServerPresentsItsCertificateInEachVersion() throws Exception {
        int port = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            try (StreamPeer peer = StreamPeer.tls(port, Certificates.anonymous(), version)) {
                assertThat(peer.protocol()).isEqualTo(version);
                assertThat(peer.certificate()).isEqualTo(Certificates.certificate(Certificates.SERVER));
                peer.send(Messages.options("TLS 127.0.0.1", version));
                assertThat(peer.await("SIP/2.0 200")).contains("Call-ID: " + version);
            }
        }
    }

    @Test
    void anOlderVersionIsRefusedAndCounted() throws Exception {
        int port = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        assertThatThrownBy(() -> StreamPeer.tls(port, Certificates.anonymous(), "TLSv1.1"))
                .isInstanceOf(IOException.class);
        try (StreamPeer peer = StreamPeer.tcp(port)) {
            peer.send(Messages.options("TLS 127.0.0.1", "in the clear"));
            peer.awaitEnd();
        }
        await().untilAsserted(() -> assertThat(server.count(Reject.HANDSHAKE)).isPositive());
    }

    @Test
    @Proves({"3261-26.2.2-a", "3261-26.2.2-b"})
    void aSipsRequestLeavesOverTlsWithASipsContact() throws Exception {
        server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        try (Listener listener = Listener.tls(Certificates.context(Certificates.PEER))) {
            server.request("INVITE", "sips:them@127.0.0.1:" + listener.port()).send();
            try (StreamPeer peer = listener.await()) {
                String invite = peer.await("INVITE sips:");
                assertThat(RawPeer.header(invite, "Via")).startsWith("SIP/2.0/TLS ");
                assertThat(RawPeer.header(invite, "Contact")).contains("<sips:");
                peer.send(Messages.ok(invite, "Contact: <sips:them@127.0.0.1:" + listener.port() + ">\r\n"));
                assertThat(peer.await("ACK sips:")).contains("SIP/2.0/TLS");
            }
        }
    }

    @Test
    @Proves("3261-26.2.2-a")
    void withoutTlsASipsRequestDoesNotLeave() throws Exception {
        try (RawPeer udp = new RawPeer();
                ServerSocket tcp = new ServerSocket(udp.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> server.request("OPTIONS", "sips:them@127.0.0.1:" + udp.port())
                            .send())
                    .isInstanceOfAny(IOException.class, IllegalStateException.class);
            assertThat(udp.receive(500)).isNull();
            tcp.setSoTimeout(200);
            assertThatThrownBy(tcp::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    @Proves("3261-26.3.1-a")
    void aServerOfAnotherNameGetsNoRequest() throws Exception {
        server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        try (Listener listener = Listener.tls(Certificates.context(Certificates.STRANGER))) {
            SipServletRequest options = toTls(listener.port());
            assertThatThrownBy(options::send)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("its certificate is for stranger.example and not for 127.0.0.1");
            try (StreamPeer peer = listener.await()) {
                peer.awaitEnd();
            }
        }
    }

    @Test
    void theNameAskedForCountsAndASipUriComesBeforeDns() throws Exception {
        server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        try (Listener listener = Listener.tls(Certificates.context(Certificates.DOMAIN))) {
            assertThatThrownBy(toTls(listener.port())::send)
                    .hasMessageContaining("its certificate is for localhost and not for 127.0.0.1");
            listener.await().close();
            server.request("OPTIONS", "sip:them@localhost:" + listener.port() + ";transport=tls")
                    .send();
            try (StreamPeer peer = listener.await()) {
                String options = peer.await("OPTIONS sip:them@localhost");
                peer.send(Messages.ok(options, ""));
            }
        }
    }

    @Test
    void aConnectionFromTheAddressOfANameIsNotThatNames() throws Exception {
        int port = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        try (StreamPeer nobody = StreamPeer.tls(port, Certificates.anonymous())) {
            nobody.send(Messages.options("TLS 127.0.0.1", "nobody"));
            nobody.await("SIP/2.0 200");
            assertThatThrownBy(
                            server.request("OPTIONS", "sip:them@localhost:" + nobody.localPort() + ";transport=tls")
                                    ::send)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot connect");
            toTls(nobody.localPort()).send(); // the address itself, as its Contact may name it
            nobody.send(Messages.ok(nobody.await("OPTIONS sip:them@127.0.0.1"), ""));
        }
    }

    @Test
    void anExpiredOrUntrustedServerIsRefusedInWords() throws Exception {
        server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NONE);
        try (Listener listener = Listener.tls(Certificates.context(Certificates.EXPIRED))) {
            assertThatThrownBy(toTls(listener.port())::send)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("over TLS")
                    .hasMessageContaining("the peer's certificate has expired");
        }
        try (Listener listener = Listener.tls(Certificates.selfSigned())) {
            assertThatThrownBy(toTls(listener.port())::send).hasMessageContaining("of an issuer that is not trusted");
        }
    }

    @Test
    void aClientMustShowACertificateWhereOneIsNeeded() throws Exception {
        int port = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.NEEDED);
        for (SSLContext wrong : List.of(Certificates.anonymous(), Certificates.context(Certificates.EXPIRED))) {
            long before = server.count(Reject.HANDSHAKE);
            assertThatThrownBy(() -> {
                        try (StreamPeer peer = StreamPeer.tls(port, wrong)) {
                            peer.send(Messages.options("TLS 127.0.0.1", "uninvited"));
                            peer.receive();
                        }
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class);
            await().untilAsserted(
                            () -> assertThat(server.count(Reject.HANDSHAKE)).isEqualTo(before + 1));
        }
        assertThat(Desk.REQUESTS).doesNotContainKey("OPTIONS uninvited");
        try (StreamPeer peer = StreamPeer.tls(port, Certificates.context(Certificates.PEER))) {
            peer.send(Messages.options("TLS 127.0.0.1", "invited"));
            peer.await("SIP/2.0 200");
        }
        assertThat(Desk.CERTIFICATES.get("invited")).first().isEqualTo(Certificates.certificate(Certificates.PEER));
    }

    @Test
    void aClientThatRefusesOurCertificateIsQuoted() throws Exception {
        int port = server.tls(Certificates.selfSigned(), ClientCertificate.WANTED);
        assertThatThrownBy(() -> StreamPeer.tls(port, Certificates.anonymous())).isInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(server.count(Reject.HANDSHAKE)).isPositive());
    }

    @Test
    void whatTheTlsOfThisJvmDoesNotKnowIsNamedAtBoot() throws Exception {
        SSLContext context = Certificates.context(Certificates.SERVER);
        assertThatThrownBy(() -> server.add(
                        Transport.TLS,
                        "127.0.0.1",
                        new TlsSettings(context, ClientCertificate.NONE, List.of("TLSv9"), List.of())))
                .hasMessageContaining("unknown TLS protocol 'TLSv9'; supported are")
                .hasMessageContaining("TLSv1.3");
        assertThatThrownBy(() -> server.add(
                        Transport.WSS,
                        "127.0.0.1",
                        new TlsSettings(context, ClientCertificate.NONE, List.of(), List.of("TLS_WITH_ROT13"))))
                .hasMessageContaining("unknown TLS cipher suite 'TLS_WITH_ROT13'; supported are")
                .hasMessageContaining("TLS_AES_128_GCM_SHA256");
    }

    private SipServletRequest toTls(int port) throws Exception {
        return server.request("OPTIONS", "sip:them@127.0.0.1:" + port + ";transport=tls");
    }
}
