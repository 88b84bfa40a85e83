// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.tests.server.ArquillianServer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** Two WARs of an EAR, one after the other in the way of a request. */
@ArquillianTest
@RunAsClient
@ServerSetup(NorthThenSouth.class)
class CompositionIT {
    @Deployment(testable = false)
    static EnterpriseArchive application() {
        return Archives.stations();
    }

    @Test
    @Proves({"J-15.1-a"})
    void aRequestPassesTheApplicationsInTheOrderOfTheRouter() {
        int port = ArquillianServer.ports().sip();
        String answer = SipRequest.of("MESSAGE", port).answer("sip:station@127.0.0.1:" + port);

        assertThat(answer).startsWith("SIP/2.0 200 ");
        assertThat(SipRequest.header(answer, "X-Application")).isEqualTo("south");
        assertThat(SipRequest.header(answer, "X-Passed")).isEqualTo("north");
    }
}
