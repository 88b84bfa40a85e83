// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.SippReport;
import io.ifbus.sip.phones.SippRun;
import io.ifbus.sip.tests.server.ServerProcess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The application as user agent server (echo) and as back-to-back user agent. */
@RequiresSipp
@TestInstance(Lifecycle.PER_CLASS)
class HundredCallsPerSecondIT {
    private SippRun udpCallee;
    private SippRun tcpCallee;
    private ServerProcess server;

    @BeforeAll
    void start() {
        udpCallee = LoadFigures.callee(false);
        tcpCallee = LoadFigures.callee(true);
        server = ServerProcess.named("load")
                .withApplication()
                .property("ifbus.routes", "echo,udp,tcp")
                .property("ifbus.routes.udp.to", "udp*@*")
                .property("ifbus.routes.udp.target", "sip:{user}@127.0.0.1:" + udpCallee.port())
                .property("ifbus.routes.tcp.to", "tcp*@*")
                .property("ifbus.routes.tcp.target", "sip:{user}@127.0.0.1:" + tcpCallee.port() + ";transport=tcp")
                .start();
    }

    @AfterAll
    void stop() {
        server.close();
        tcpCallee.close();
        udpCallee.close();
    }

    @Test
    void userAgentServerOverUdp() {
        run("UAS over UDP", "echo", false);
    }

    @Test
    void userAgentServerOverTcp() {
        run("UAS over TCP", "echo", true);
    }

    @Test
    void backToBackUserAgentOverUdp() {
        run("B2BUA over UDP", "udp-callee", false);
    }

    @Test
    void backToBackUserAgentOverTcp() {
        run("B2BUA over TCP", "tcp-callee", true);
    }

    private void run(String what, String user, boolean tcp) {
        int port = server.ports().sip();
        LoadFigures.warmUp(user, port, tcp);
        SippReport report = LoadFigures.caller(user, port, tcp, LoadFigures.CALLS, LoadFigures.CALLS_PER_SECOND)
                .run();
        LoadFigures.assertFlawless(what, report, LoadFigures.CALLS);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(server.metrics().sum("ifbus_calls_active")).isZero());
        assertThat(server.log()).doesNotContain(" ERROR ");
    }
}
