// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.ConnectorSettings.Transport;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A peer that shows who it is by TLS (JSR 289 section 5.4.3). */
class ClientCertificateTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path directory;

    @Test
    @Proves("J-5.4.3-a")
    void theCertificateOfThePeerIsAnAttributeOfItsRequest() throws Exception {
        SSLContext context = contextWithAKey();
        int port = freePort();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        exchange.server()
                .addConnector(new ConnectorSettings(
                        "tls",
                        Transport.TLS,
                        address,
                        new TlsSettings(context, ClientCertificate.NEEDED, List.of(), List.of())));
        exchange.script().onRequest("doOptions", options -> {
            Object shown = options.getAttribute("javax.servlet.request.X509Certificate");
            assertThat(shown).isInstanceOf(X509Certificate[].class);
            assertThat(((X509Certificate[]) shown)[0].getSubjectX500Principal().getName())
                    .isEqualTo("CN=peer");
            options.createResponse(200).send();
        });
        try (SSLSocket peer = (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), port)) {
            peer.setSoTimeout((int) Phone.PATIENCE.toMillis());
            peer.getOutputStream().write(options(port, peer.getLocalPort()));
            peer.getOutputStream().flush();
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).startsWith("SIP/2.0 200");
        } finally {
            exchange.server().removeConnector("tls");
        }
    }

    private static byte[] options(int port, int ownPort) {
        return ("OPTIONS sips:service@127.0.0.1:" + port + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/TLS 127.0.0.1:" + ownPort + ";branch=z9hG4bK-certificate\r\n"
                        + "From: <sips:peer@127.0.0.1>;tag=peer\r\nTo: <sips:service@127.0.0.1>\r\n"
                        + "Call-ID: certificate\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\n"
                        + "Contact: <sips:peer@127.0.0.1:" + ownPort + ">\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** One key, self-signed, that both sides show and trust. */
    private SSLContext contextWithAKey() throws Exception {
        Path file = directory.resolve("peer.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "peer",
                        "-dname",
                        "CN=peer",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("peer", keys.getCertificate("peer"));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }
}
