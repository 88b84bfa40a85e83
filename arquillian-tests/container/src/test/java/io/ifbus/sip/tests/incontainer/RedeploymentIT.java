// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.server.ArquillianServer;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** An application that comes and goes while the server runs. */
@ArquillianTest
@RunAsClient
class RedeploymentIT {

    private static final String APPLICATION = "comes and goes";
    private static final int BUSY = 486;
    private static final int NOBODY = 404;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static EnterpriseArchive application() {
        return Applications.exchange();
    }

    @Test
    void takesCallsWheneverItIsThere() {
        for (int time = 1; time <= 3; time++) {
            deployer.deploy(APPLICATION);
            assertThat(answer())
                    .as("status with the application, time %d", time)
                    .isEqualTo(BUSY);
            deployer.undeploy(APPLICATION);
            assertThat(answer())
                    .as("status without the application, time %d", time)
                    .isEqualTo(NOBODY);
        }
    }

    private static int answer() {
        try (Phone alice = Phone.named("alice").withoutAudio().switchedOn()) {
            alice.calls("sip:anybody@127.0.0.1:" + ArquillianServer.ports().sip());
            alice.isIdle();
            return alice.call().finalStatus().orElseThrow();
        }
    }
}
