// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import static io.ifbus.sip.tests.management.ManagedServer.SIP;
import static io.ifbus.sip.tests.management.ManagedServer.kept;
import static io.ifbus.sip.tests.management.ManagedServer.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the server says when it boots with a configuration that cannot work; each reload is a boot. */
@Order(Order.DEFAULT + 1) // after the others on this server
class BootErrorsIT {
    private static final String INTERFACE = "/interface=nowhere";
    private static final String KEY_STORE = "/subsystem=elytron/key-store=broken";
    private static final String KEY_MANAGER = "/subsystem=elytron/key-manager=broken";
    private static final String CONTEXT = "/subsystem=elytron/server-ssl-context=broken";

    @RegisterExtension
    final ManagedServer server = new ManagedServer();

    @Test
    void connectorsThatCannotOpenAreNamedAndTheServerWorksOnceTheyAreGone() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            portTaken(taken.getLocalPort());
            interfaceUnknown();
            keyStoreUnreadable();
            String log = bootLog();

            assertThat(log)
                    .contains("Failed to start service io.ifbus.sip.tcp-connector.taken")
                    .contains("SIP connector 'tcp-connector=taken' cannot listen on tcp 127.0.0.1:"
                            + taken.getLocalPort() + ": Address already in use")
                    .contains("WFLYSRV0082: failed to resolve interface nowhere")
                    .containsPattern("service org.wildfly.security.key-store.broken: .*\\n?.*")
                    .contains("IFSIP0123: SIP applications wait for connectors that are not open: "
                            + "io.ifbus.sip.tcp-connector.taken, io.ifbus.sip.tls-connector.broken, "
                            + "io.ifbus.sip.udp-connector.nowhere");
            assertThat(server.process().isReady()).isFalse();
        }
        server.removeConnector("tcp-connector=taken");
        server.removeConnector("tls-connector=broken");
        // WildFly wants to be told not to mind that what nobody needs any more is down
        server.doesOrNot(kept(operation(SIP + "/udp-connector=nowhere", "remove")));
        answersCalls();
    }

    @Test
    void aBadLineOfTheApplicationRouterIsShownAndTheFileIsNamed() throws IOException {
        Path file = server.process().baseDirectory().resolve("configuration/dar.properties");
        String line = "INVITE: (\"ifbus-sip\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")\n";
        Files.writeString(file, line);
        server.does(operation(SIP, "write-attribute", "name", "application-router-file", "value", "dar.properties"));

        Files.writeString(file, "INVITE: (\"ifbus-sip\", \"DAR:From\")\n"); // edited badly
        assertThat(bootLog())
                .contains("Failed to start service io.ifbus.sip.server")
                .contains("IFSIP0126: The SIP server does not start: " + file + " line 1: application router, method"
                        + " INVITE: a tuple has 6 parts, here are 2: [ifbus-sip, DAR:From]");

        Files.writeString(file, line);
        server.reloads();
        answersCalls();
        server.does(operation(SIP, "undefine-attribute", "name", "application-router-file"));
        assertThat(server.state()).isEqualTo("running");
    }

    @Test
    void protocolsAndCipherSuitesThatDoNotExistAreRefusedByName() {
        assertThat(server.refuses(
                        operation(CONTEXT, "add", "key-manager", "applicationKM", "protocols", list("TLSv9"))))
                .contains("Invalid value TLSv9 for protocols; legal values are");
        assertThat(server.refuses(operation(
                        CONTEXT, "add", "key-manager", "applicationKM", "cipher-suite-names", "TLS_NONSENSE")))
                .contains("Unknown cipher suite name 'TLS_NONSENSE'");
    }

    private void portTaken(int port) {
        String socket = server.addSocket(port);
        server.afterwards(() -> server.removeConnector("tcp-connector=taken"));
        server.doesOrNot(kept(operation(SIP + "/tcp-connector=taken", "add", "socket-binding", socket)));
    }

    private void interfaceUnknown() {
        server.does(kept(operation(INTERFACE, "add", "inet-address", "192.0.2.1"))); // RFC 5737: nobody's
        String socket = server.addSocket(40_000, "interface", "nowhere");
        server.afterwards(() -> server.removeConnector("udp-connector=nowhere"));
        server.does(kept(operation(SIP + "/udp-connector=nowhere", "add", "socket-binding", socket)));
    }

    private void keyStoreUnreadable() throws IOException {
        Files.writeString(server.process().baseDirectory().resolve("configuration/broken.p12"), "no key store");
        ModelNode password = new ModelNode();
        password.get("clear-text").set("password");
        for (ModelNode add : List.of(
                operation(
                        KEY_STORE,
                        "add",
                        "path",
                        "broken.p12",
                        "relative-to",
                        "jboss.server.config.dir",
                        "type",
                        "PKCS12",
                        "credential-reference",
                        password),
                operation(KEY_MANAGER, "add", "key-store", "broken", "credential-reference", password),
                operation(CONTEXT, "add", "key-manager", "broken"),
                operation(
                        SIP + "/tls-connector=broken", "add", "socket-binding", "sip-tls", "ssl-context", "broken"))) {
            server.doesOrNot(kept(add));
        }
        server.afterwards(() -> server.removeConnector("tls-connector=broken"));
    }

    private static ModelNode list(String value) {
        return new ModelNode().add(value);
    }

    /** What is logged by a boot. */
    private String bootLog() {
        int before = server.process().log().length();
        server.reloads();
        return server.process().log().substring(before);
    }

    private void answersCalls() {
        await().atMost(Duration.ofSeconds(60)).until(server.process()::isReady);
        Phone alice = server.phone("alice");
        alice.calls(server.process().sipUri("echo"));
        alice.talks().hangsUp();
        alice.hears(200, "BYE").isIdle();
    }
}
