// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.tests.applications.keyed.Lockers;
import io.ifbus.sip.tests.server.ArquillianServer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A method marked {@code @SipApplicationKey}. */
@ArquillianTest
@RunAsClient
class KeyedIT {
    private final int port = ArquillianServer.ports().sip();

    @Deployment(testable = false)
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "keyed.war").addPackage(Lockers.class.getPackage());
    }

    @Test
    @Proves({"J-15.11-a"})
    void requestsOfOneKeyShareAnApplicationSession() {
        String red = session(message().with("X-Key", "red"));

        assertThat(session(message().with("X-Key", "red"))).isEqualTo(red);
        assertThat(session(message().with("X-Key", "blue"))).isNotEqualTo(red);
    }

    @Test
    @Proves({"J-18.2.5-b"})
    void aRequestWithoutAKeyMakesAnApplicationSessionOfItsOwn() {
        String first = session(message());

        assertThat(first).isNotBlank();
        assertThat(session(message())).isNotEqualTo(first);
    }

    private SipRequest message() {
        return SipRequest.of("MESSAGE", port);
    }

    private String session(SipRequest request) {
        String answer = request.answer("sip:lockers@127.0.0.1:" + port);
        assertThat(answer).startsWith("SIP/2.0 200 ");
        return SipRequest.header(answer, "X-Session");
    }
}
