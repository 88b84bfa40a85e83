// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

class SeveralApplicationsTest {
    /** Answers with what its application was told by its context parameter. */
    public static final class Greeter extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doOptions(SipServletRequest options) throws IOException {
            var ok = options.createResponse(200);
            ok.setHeader("X-Greeting", getServletContext().getInitParameter("greeting"));
            ok.send();
            options.getApplicationSession().invalidate();
        }
    }

    @Test
    void oneComesWhenAnotherGoes() throws Exception {
        try (TestServer container = new TestServer(List.of(greeter("a", "first")));
                RawPeer caller = new RawPeer()) {
            container.deploy(greeter("b", "second"));
            assertThat(greeting(container, caller, "one")).isEqualTo("first");

            container.undeploy(container.application);

            assertThat(greeting(container, caller, "two")).isEqualTo("second");
        }
    }

    private static String greeting(TestServer container, RawPeer caller, String callId) {
        caller.send(caller.request("OPTIONS", container.port, callId, null, 1, ""), container.port);
        return RawPeer.header(caller.awaitOk("OPTIONS", callId), "X-Greeting");
    }

    private static ApplicationDescriptor greeter(String name, String greeting) {
        return new ApplicationDescriptor(
                name,
                ServletSelection.NONE,
                List.of(TestServer.servlet(Greeter.class, 1, Map.of())),
                List.of(),
                Map.of("greeting", greeting),
                null,
                0,
                3,
                false,
                SipSecurity.NONE);
    }
}
