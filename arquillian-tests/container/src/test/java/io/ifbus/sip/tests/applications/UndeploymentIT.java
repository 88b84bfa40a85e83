// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.tests.applications.watch.Watch;
import io.ifbus.sip.tests.server.ArquillianServer;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/**
 * An application that was used and is gone: nothing in the server holds its classes. Its HTTP side is left alone, since an
 * idle thread of Undertow's may hold the request that it served last.
 */
@ArquillianTest
@RunAsClient
class UndeploymentIT {
    private static final String APPLICATION = "comes and goes";
    private static final Duration PATIENCE = Duration.ofSeconds(60); // a transaction of UDP lasts for 32

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "watch", testable = false)
    static WebArchive watch() {
        return ShrinkWrap.create(WebArchive.class, "watch.war").addPackage(Watch.class.getPackage());
    }

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return Archives.webcall();
    }

    @Test
    void theClassLoaderOfAnApplicationIsCollectedOnceItIsUndeployed() {
        Browser browser = new Browser();
        deployer.deploy(APPLICATION);
        int port = ArquillianServer.ports().sip();
        assertThat(SipRequest.of("OPTIONS", port).answer("sip:anybody@127.0.0.1:" + port))
                .startsWith("SIP/2.0 200 ");
        assertThat(browser.reads("/watch/loader")).isEqualTo("there");

        deployer.undeploy(APPLICATION);

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(browser.reads("/watch/loader")).isEqualTo("collected"));
    }
}
