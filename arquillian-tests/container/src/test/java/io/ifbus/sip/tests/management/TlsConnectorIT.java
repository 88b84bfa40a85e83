// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import static io.ifbus.sip.tests.management.ManagedServer.SIP;
import static io.ifbus.sip.tests.management.ManagedServer.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** TLS with the keys of an Elytron ssl-context, opened by the script that users run. */
class TlsConnectorIT {
    private static final Path HOME = Path.of(System.getProperty("ifbus.server.home"));
    private static final Path SCRIPT =
            HOME.resolve("../../src/main/cli/enable-tls.cli").normalize();
    private static final int TLS = 5061;
    private static final int SECURE_WEB_SOCKET = 5063;

    @RegisterExtension
    final ManagedServer server = new ManagedServer();

    @TempDir
    Path directory;

    @Test
    void theScriptOpensTlsWithOneKeyStoreForAllOfIt() throws Exception {
        KeyStores stores = new KeyStores(server.process().baseDirectory().resolve("configuration"), directory);
        runScript();

        try (SSLSocket socket = connected(stores.clientContext(false), TLS)) {
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertThat(shown.getSubjectX500Principal().getName()).isEqualTo("CN=server");
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(Options.over(socket)).startsWith("SIP/2.0 200 ");
        }
        try (SSLSocket socket = connected(stores.clientContext(false), SECURE_WEB_SOCKET)) {
            assertThat(Options.upgradeOver(socket)).startsWith("HTTP/1.1 101 ");
        }

        wantsCertificates();
        try (SSLSocket socket = connected(stores.clientContext(true), TLS)) {
            assertThat(Options.over(socket)).startsWith("SIP/2.0 200 ");
        }
        assertThatThrownBy(() -> {
                    try (SSLSocket socket = connected(stores.clientContext(false), TLS)) {
                        Options.over(socket);
                    }
                })
                .as("without a certificate")
                .isInstanceOf(IOException.class);
        assertThat(server.read(SIP, "rejected").get("handshake").asLong()).isEqualTo(1);
        assertThat(server.state()).isEqualTo("running");
    }

    /** By the connector's own attribute, beside the ssl-context. */
    private void wantsCertificates() {
        server.removeConnector("tls-connector=tls");
        server.does(operation(
                SIP + "/tls-connector=tls",
                "add",
                "socket-binding",
                "sip-tls",
                "ssl-context",
                "sip",
                "client-certificate",
                "need"));
    }

    private void runScript() throws IOException {
        KeyStores.run(List.of(
                HOME.resolve("bin/jboss-cli.sh").toString(),
                "--connect",
                "--controller=127.0.0.1:" + server.process().ports().management(),
                "--file=" + SCRIPT));
        server.afterwards(() -> server.removeConnector("tls-connector=tls"));
        server.afterwards(() -> server.removeConnector("wss-connector=wss"));
    }

    private SSLSocket connected(SSLContext context, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(),
                        port + server.process().ports().value());
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }
}
