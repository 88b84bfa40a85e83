// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.tests.server.ArquillianServer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An EAR with two SIP WARs, each an application of its own. */
@ArquillianTest
@RunAsClient
class SeveralApplicationsIT {
    @Deployment(testable = false)
    static EnterpriseArchive application() {
        return Archives.stations();
    }

    @ParameterizedTest
    @ValueSource(strings = {"north", "south"})
    @Proves({"J-7-b", "J-3.1-a", "J-3.1-b", "J-18-a", "J-18-b"})
    void eachComponentOfAWarIsGivenThePartsOfItsOwnApplication(String war) {
        assertThat(new Browser().reads("/" + war + "/desk").lines())
                .containsExactlyInAnyOrder(
                        "sip servlet, resource = " + war,
                        "sip servlet, inject = " + war,
                        "listener = " + war,
                        "http servlet, resource = " + war,
                        "http servlet, inject = " + war,
                        "session bean of the war = " + war,
                        "context attributes = " + war,
                        "java:comp/env = " + war,
                        "java:app = " + war,
                        "library, inject named = north south",
                        "session bean of the ear = north south south");
    }

    @Test
    void theFirstOfTheTwoTakesWhatComesFromOutside() {
        int port = ArquillianServer.ports().sip();
        String answer = SipRequest.of("OPTIONS", port).answer("sip:station@127.0.0.1:" + port);

        assertThat(answer).startsWith("SIP/2.0 200 ");
        assertThat(SipRequest.header(answer, "X-Application")).isEqualTo("north");
    }
}
