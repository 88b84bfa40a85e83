// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.spi.MessageTaps;
import io.ifbus.sip.spi.SerialExecution;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.Test;

/** What components hold before, while and after the application runs. */
final class SipDeploymentTest {
    private final SipDeployment deployment = new SipDeployment(ApplicationDescriptor.of(
            "app", null, List.of(new ApplicationDescriptor.Servlet("S", "S", -1, Map.of())), List.of(), 0, 0));
    private final Map<String, Object> attributes = new HashMap<>();

    @Test
    void everyPartIsThereFromTheBeginning() {
        assertThat(deployment.standIns())
                .containsOnlyKeys(
                        SipFactory.class,
                        TimerService.class,
                        SipSessionsUtil.class,
                        SerialExecution.class,
                        MessageTaps.class);
    }

    @Test
    void partRefusesToWorkBeforeTheApplicationStarts() {
        assertThatIllegalStateException()
                .isThrownBy(() -> factory().createURI("sip:a@b"))
                .withMessageContaining("IFSIP0105")
                .withMessageContaining("'app'");
    }

    @Test
    void partRefusesToWorkWhileOnlyItsOwnAttributeIsThere() {
        ServletContext context = context();
        deployment.setAttributes(context);
        deployment.starting(context);

        assertThatIllegalStateException().isThrownBy(() -> factory().createURI("sip:a@b"));
    }

    @Test
    void servletInitFindsTheFactoryOfTheStartingApplication() throws ServletParseException {
        URI uri = fake(URI.class, null);
        attributes.put(SipServlet.SIP_FACTORY, fake(SipFactory.class, uri));
        deployment.starting(context());

        assertThat(factory().createURI("sip:a@b")).isSameAs(uri);

        deployment.stopped();
        assertThatIllegalStateException().isThrownBy(() -> factory().createURI("sip:a@b"));
    }

    @Test
    void exceptionOfThePartArrivesAsItIs() {
        attributes.put(SipServlet.SIP_FACTORY, fake(SipFactory.class, new ServletParseException("wrong")));
        deployment.starting(context());

        assertThatThrownBy(() -> factory().createURI("?"))
                .isInstanceOf(ServletParseException.class)
                .hasMessage("wrong");
    }

    @Test
    void partsAreEqualToThemselvesOnly() {
        assertThat(factory())
                .isEqualTo(factory())
                .isNotEqualTo(deployment.standIns().get(TimerService.class));
        assertThat(factory().toString()).isEqualTo("SipFactory of SIP application 'app'");
    }

    private SipFactory factory() {
        return (SipFactory) deployment.standIns().get(SipFactory.class);
    }

    private ServletContext context() {
        return (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (self, method, args) -> method.getName().equals("setAttribute")
                        ? attributes.put((String) args[0], args[1])
                        : attributes.get(args[0]));
    }

    /** Answers every call with {@code answer}, or throws it. */
    private static <T> T fake(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (answer instanceof Exception e) {
                throw e;
            }
            return answer;
        }));
    }
}
