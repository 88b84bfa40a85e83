// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.SipApplication;
import io.ifbus.sip.container.TestEnvironment;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call that comes over a Route and passes two applications (JSR 289 section 5.6.3). */
class InitialRouteTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private SipApplication second;
    private Phone alice;

    @BeforeEach
    void scene() throws Exception {
        alice = exchange.phone("alice");
        second = exchange.server()
                .deploy(
                        ApplicationDescriptor.of("second", null, List.of(Exchange.servlet("Last", 1)), List.of(), 0, 3),
                        new TestEnvironment());
        exchange.server()
                .configureRouter(Map.of(
                        "INVITE",
                        "(\"test\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\"),"
                                + "(\"second\", \"DAR:To\", \"TERMINATING\", \"\", \"NO_ROUTE\", \"1\")"));
    }

    @AfterEach
    void endOfScene() {
        exchange.server().configureRouter(Map.of());
        exchange.server().undeploy(second);
    }

    /** Both applications read it while they handle the INVITE; the first passes it on, the second refuses it. */
    private void call(Draft invite, Script.Act<Address> route) {
        Script script = exchange.script();
        script.onRequest("doInvite", received -> {
            route.on(received.getInitialPoppedRoute());
            if (received.getApplicationSession().getApplicationName().equals("test")) {
                received.getProxy().proxyTo(received.getRequestURI());
            } else {
                received.createResponse(486).send();
            }
        });
        invite.send();
        alice.hears(486);
        assertThat(script.gets("doInvite").servlet()).isEqualTo("Attendant");
        assertThat(script.gets("doInvite").servlet()).isEqualTo("Last");
    }

    @Test
    @Proves("J-5.6.3-b")
    void everyApplicationKnowsTheRouteByWhichTheCallCame() {
        String here = "127.0.0.1:" + exchange.port();
        call(
                alice.request("INVITE").header("Route", "<sip:" + here + ";lr;shelf=1>"),
                route -> assertThat(route.getURI().toString()).contains(here, "shelf=1"));
    }

    @Test
    @Proves("J-5.6.3-b")
    void noApplicationKnowsARouteOfACallThatCameWithout() {
        call(alice.request("INVITE"), route -> assertThat(route).isNull());
    }
}
