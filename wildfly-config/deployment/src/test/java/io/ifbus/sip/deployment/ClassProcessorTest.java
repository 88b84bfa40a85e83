// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.deployment.fixture.named.Main;
import io.ifbus.sip.deployment.fixture.named.Timers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The classes that an application names. */
final class ClassProcessorTest {
    @Test
    void servletsAndListenersThatAreThereAreTaken() {
        assertThatCode(() -> check(Main.class.getName(), Timers.class.getName()))
                .doesNotThrowAnyException();
    }

    @Test
    void servletThatIsNotThereIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check("example.Ghost"))
                .withMessage("SIP servlet 's': class example.Ghost is not there");
    }

    @Test
    void servletThatIsNoneIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(String.class.getName()))
                .withMessage("SIP servlet 's': class java.lang.String is no javax.servlet.sip.SipServlet");
    }

    @Test
    void listenerThatIsNotThereIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(Main.class.getName(), "example.Ghost"))
                .withMessage("SIP listener: class example.Ghost is not there");
    }

    private void check(String servlet, String... listeners) {
        ClassProcessor.check(
                ApplicationDescriptor.of(
                        "app",
                        null,
                        List.of(new ApplicationDescriptor.Servlet("s", servlet, -1, Map.of())),
                        List.of(listeners),
                        0,
                        0),
                getClass().getClassLoader());
    }
}
