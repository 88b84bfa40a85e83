// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.transports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests back over a connection that the peer has opened (RFC 5923). */
class AliasTest {
    private Server server;
    private int port;
    private Listener peersPort;

    @BeforeEach
    void start() throws Exception {
        server = new Server();
        port = server.tls(Certificates.context(Certificates.SERVER), ClientCertificate.WANTED);
        peersPort = Listener.tls(Certificates.context(Certificates.PEER));
    }

    @AfterEach
    void stop() throws Exception {
        peersPort.close();
        server.close();
    }

    @Test
    @Proves({"5923-8.2-a", "5923-8.3-a"})
    void anAliasOfAnAuthenticatedPeerIsUsedUntilItsConnectionEnds() throws Exception {
        try (StreamPeer opened = open(Certificates.context(Certificates.PEER), ";alias")) {
            request();
            opened.send(Messages.ok(opened.await("OPTIONS"), ""));
        }
        await().untilAsserted(() -> assertThat(server.sip.connectionCount()).isZero());
        request();
        try (StreamPeer accepted = peersPort.await()) {
            accepted.send(Messages.ok(accepted.await("OPTIONS"), ""));
        }
    }

    @Test
    @Proves({"5923-8.2-b", "5923-8.1-a"})
    void withoutAliasOrCertificateANewConnectionIsOpened() throws Exception {
        try (StreamPeer silent = open(Certificates.context(Certificates.PEER), "");
                StreamPeer unknown = open(Certificates.anonymous(), ";alias");
                StreamPeer stranger = open(Certificates.context(Certificates.STRANGER), ";alias")) {
            request();
            try (StreamPeer accepted = peersPort.await()) {
                String options = accepted.await("OPTIONS");
                assertThat(RawPeer.header(options, "Via")).matches(".*;alias(;.*)?");
                accepted.send(Messages.ok(options, ""));
            }
            assertThat(silent.localPort()).isNotEqualTo(unknown.localPort()).isNotEqualTo(stranger.localPort());
        }
    }

    private StreamPeer open(SSLContext context, String parameter) throws Exception {
        StreamPeer peer = StreamPeer.tls(port, context);
        peer.send(Messages.options("TLS 127.0.0.1:" + peersPort.port() + parameter, "alias" + System.nanoTime()));
        peer.await("SIP/2.0 200");
        return peer;
    }

    private void request() throws Exception {
        server.request("OPTIONS", "sip:them@127.0.0.1:" + peersPort.port() + ";transport=tls")
                .send();
    }
}
