// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.tests.server.ArquillianServer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A WAR that says all by WEB-INF/sip.xml. */
@ArquillianTest
@RunAsClient
class SipXmlIT {
    @Deployment(testable = false)
    static WebArchive application() {
        return Archives.plan();
    }

    @Test
    void theServletOfTheFirstMappingThatMatchesGetsTheRequest() {
        assertThat(says("MESSAGE", "boss", "X-Servlet")).isEqualTo("boss");
        assertThat(says("MESSAGE", "clerk", "X-Servlet")).isEqualTo("others");
    }

    @Test
    void aServletHasItsOwnInitParameters() {
        assertThat(says("MESSAGE", "boss", "X-Init")).isEqualTo("gold");
        assertThat(says("MESSAGE", "clerk", "X-Init")).isEqualTo("grey");
    }

    @Test
    @Proves({"J-3.4-a", "J-19-f"})
    void contextParametersOfBothDescriptorsAreInTheOneServletContext() {
        assertThat(says("MESSAGE", "boss", "X-Context")).isEqualTo("good morning");
        assertThat(says("MESSAGE", "boss", "X-Web-Context")).isEqualTo("good evening");
        assertThat(says("MESSAGE", "boss", "X-Both-Context")).isEqualTo("good night");
    }

    @Test
    @Proves({"J-19-e"})
    void aListenerNeedsNoAnnotation() {
        assertThat(says("MESSAGE", "boss", "X-Listener")).isEqualTo("listener");
    }

    @Test
    @Proves({"J-19-d"})
    void anApplicationSessionLivesAsLongAsTheFileSays() {
        assertThat(says("MESSAGE", "boss", "X-Expires-In")).isEqualTo("30 min");
    }

    @Test
    @Proves({"J-18-c"})
    void referencesAreBoundInTheNamingContextOfTheApplication() {
        assertThat(says("MESSAGE", "boss", "X-Limit")).isEqualTo("7");
        assertThat(says("MESSAGE", "boss", "X-Clerk")).isEqualTo("Bartleby");
        assertThat(says("MESSAGE", "boss", "X-Ejb")).isEqualTo("Clerk");
        assertThat(says("MESSAGE", "boss", "X-Executor")).isEqualTo("ExecutorService");
        assertThat(says("MESSAGE", "boss", "X-Destination")).isEqualTo("ExecutorService");
    }

    private static String says(String method, String user, String header) {
        int port = ArquillianServer.ports().sip();
        String answer = SipRequest.of(method, port).answer("sip:" + user + "@127.0.0.1:" + port);
        assertThat(answer).startsWith("SIP/2.0 200 ");
        return SipRequest.header(answer, header);
    }
}
