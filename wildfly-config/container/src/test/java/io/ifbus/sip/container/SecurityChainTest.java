// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.SecurityFixture.challenge;
import static io.ifbus.sip.container.SecurityFixture.roles;
import static io.ifbus.sip.container.SecurityFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.SecurityFixture.Environment;
import io.ifbus.sip.container.SecurityFixture.Greeter;
import io.ifbus.sip.container.SipSecurity.Login;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

/** Several applications that want callers to log in to one realm, in one chain. */
class SecurityChainTest {
    public static final class Passing extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doMessage(SipServletRequest message) throws ServletException, IOException {
            message.getProxy().proxyTo(message.getRequestURI());
        }
    }

    @Test
    void aCallerLogsInOnceForAllAndCannotUseThatAgain() throws Exception {
        try (SecurityFixture fixture = new SecurityFixture(SecurityFixture.SETTINGS, roles("caller"))) {
            ApplicationDescriptor plain = TestServer.descriptor("first", Passing.class);
            fixture.container.deploy(
                    new ApplicationDescriptor(
                            plain.name(),
                            plain.selection(),
                            plain.servlets(),
                            List.of(),
                            Map.of(),
                            null,
                            0,
                            3,
                            false,
                            new SipSecurity(
                                    List.of(roles("caller")),
                                    new Login("DIGEST", SecurityFixture.REALM, null),
                                    Set.of("caller"))),
                    new Environment(SecurityFixture.SETTINGS));
            String entry = "(\"%s\", \"DAR:To\", \"NEUTRAL\", \"\", \"NO_ROUTE\", \"%d\")";
            fixture.container.server.configureRouter(
                    Map.of("MESSAGE", entry.formatted("first", 0) + ", " + entry.formatted("guarded", 1)));

            String challenged = fixture.hears(fixture.request("MESSAGE", "chain", 1));
            assertThat(status(challenged)).isEqualTo("401");
            String login = fixture.authorization(challenge(challenged), "bob", "bob", "MESSAGE");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "chain", 2, login))))
                    .isEqualTo("200");
            assertThat(Greeter.SEEN).containsExactly("MESSAGE bob bob caller=true boss=false chief=false");
            assertThat(status(fixture.hears(fixture.request("MESSAGE", "replay", 1, login))))
                    .isEqualTo("401");
        }
    }
}
