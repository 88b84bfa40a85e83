// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import io.ifbus.sip.tests.server.Management;
import io.ifbus.sip.tests.server.ServerProcess;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.dmr.ModelNode;
import org.junit.jupiter.api.Test;

/** One application comes and goes ten times, is called each time, and the calls of another one notice nothing. */
@RequiresSipp
class RedeploymentUnderLoadIT {
    private static final Path EXAMPLES = Path.of(System.getProperty("ifbus.examples"));
    private static final String DEPLOYMENT = "/deployment=attendant.war";
    private static final int TIMES = 10;
    private static final int SETTLED = 3;
    private static final int CALLS_PER_SECOND = 20;
    /** Classes that a JVM makes as it goes: lambdas, reflection. An application's loader brings more. */
    private static final int MARGIN = 50;

    @Test
    void theOtherApplicationsCallsGoOnAndNoClassLoaderStays() throws Exception {
        try (SippRun callee = LoadFigures.callee(false);
                ServerProcess server = ServerProcess.named("redeploy")
                        .deploying(EXAMPLES.resolve("b2bua/target/b2bua.war"))
                        .property("b2bua.target", callee.uri("callee"))
                        .start();
                Management management = server.management()) {
            route(management);
            deploy(management);
            LoadFigures.warmUp("load", server.ports().sip(), false);
            int calls = CALLS_PER_SECOND * 40;
            try (SippRun load = LoadFigures.caller("load", server.ports().sip(), false, calls, CALLS_PER_SECOND)
                    .start()) {
                int settled = 0;
                for (int time = 1; time <= TIMES; time++) {
                    execute(management, "undeploy");
                    execute(management, "deploy");
                    ask(server);
                    if (time == SETTLED) {
                        settled = classes(management);
                    }
                }
                SippReport report = load.finish();
                LoadFigures.assertFlawless("B2BUA beside redeployment", report, calls);
                int last = settled;
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(classes(management)).isLessThan(last + MARGIN));
            }
        }
    }

    /** OPTIONS are the attendant's, calls the other application's. */
    private static void route(Management management) {
        ModelNode write = Management.operation("/subsystem=sip", "write-attribute");
        write.get("name").set("application-router");
        write.get("value").get("INVITE").set(line("b2bua"));
        write.get("value").get("OPTIONS").set(line("attendant"));
        management.execute(write);
    }

    private static String line(String application) {
        return "(\"" + application + "\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")";
    }

    private static void ask(ServerProcess server) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket phone = new DatagramSocket(0, loopback)) {
            phone.setSoTimeout(10_000);
            String id = "redeploy-" + System.nanoTime();
            byte[] options = ("OPTIONS " + server.sipUri("attendant") + " SIP/2.0\r\n"
                            + "Via: SIP/2.0/UDP 127.0.0.1:" + phone.getLocalPort() + ";branch=z9hG4bK" + id + "\r\n"
                            + "From: <sip:phone@127.0.0.1>;tag=1\r\nTo: <" + server.sipUri("attendant") + ">\r\n"
                            + "Call-ID: " + id + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            phone.send(new DatagramPacket(
                    options, options.length, loopback, server.ports().sip()));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            phone.receive(answer);
            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII))
                    .startsWith("SIP/2.0 200");
        }
    }

    private static void deploy(Management management) {
        ModelNode add = Management.operation(DEPLOYMENT, "add");
        ModelNode content = new ModelNode();
        content.get("path")
                .set(EXAMPLES.resolve("attendant/target/attendant.war")
                        .toAbsolutePath()
                        .normalize()
                        .toString());
        content.get("archive").set(true);
        add.get("content").add(content);
        management.execute(add);
        execute(management, "deploy");
    }

    private static void execute(Management management, String operation) {
        management.execute(Management.operation(DEPLOYMENT, operation));
    }

    private static int classes(Management management) {
        management.execute(Management.operation("/core-service=platform-mbean/type=memory", "gc"));
        return management
                .read("/core-service=platform-mbean/type=class-loading", "loaded-class-count")
                .asInt();
    }
}
