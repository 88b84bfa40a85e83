// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.transport.TlsSettings;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that comes over TLS. */
class SecureMessageApiTest extends ApiScene {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @Test
    @Proves({
        "SipServletMessage.isSecure",
        "SipServletMessage.getTransport",
        "SipServletMessage.getInitialTransport",
        "SipServletMessage.getLocalPort"
    })
    void aMessageOverTlsIsSecure(@TempDir Path directory) throws Exception {
        SSLContext context = context(directory.resolve("keys.p12"));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        container.server.addConnector(new ConnectorSettings(
                "tls",
                ConnectorSettings.Transport.TLS,
                address,
                new TlsSettings(context, TlsSettings.ClientCertificate.NONE, List.of(), List.of())));
        String options = request("OPTIONS").replace("SIP/2.0/UDP", "SIP/2.0/TLS");
        CompletableFuture<SipServletRequest> received = Script.onRequest(callId(options), "OPTIONS", request -> {
            assertThat(request.isSecure()).isTrue();
            assertThat(request.getTransport()).isEqualToIgnoringCase("TLS");
            assertThat(request.getInitialTransport()).isEqualToIgnoringCase("TLS");
            assertThat(request.getLocalPort()).isEqualTo(address.getPort());
            request.createResponse(200).send();
            return request;
        });
        try (Socket connection = context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            connection.setSoTimeout(5000);
            connection.getOutputStream().write(options.getBytes(StandardCharsets.UTF_8));
            result(received);
            byte[] start = connection.getInputStream().readNBytes(11);
            assertThat(new String(start, StandardCharsets.UTF_8)).isEqualTo("SIP/2.0 200");
        } finally {
            container.server.removeConnector("tls");
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A key for 127.0.0.1, made by the JDK's keytool, that trusts itself. */
    private static SSLContext context(Path file) throws Exception {
        String options = "-genkeypair -keyalg EC -alias own -dname CN=test -ext san=ip:127.0.0.1"
                + " -storetype PKCS12 -storepass changeit -keystore " + file;
        List<String> command = new ArrayList<>(List.of(options.split(" ")));
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("own", keys.getCertificate("own"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
