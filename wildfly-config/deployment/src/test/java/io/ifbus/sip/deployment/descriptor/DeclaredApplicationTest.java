// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.deployment.fixture.keys.GoodKey;
import io.ifbus.sip.deployment.fixture.named.Another;
import io.ifbus.sip.deployment.fixture.named.Main;
import io.ifbus.sip.deployment.fixture.named.Timers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.junit.jupiter.api.Test;

/** sip.xml and annotations of one archive together. */
final class DeclaredApplicationTest {
    private static final String START = "<sip-app xmlns='http://www.jcp.org/xml/ns/sipservlet' version='1.1'>";
    private static final String END = "</sip-app>";
    private final CompositeIndex annotations = index();

    @Test
    @Proves({"J-19-b"})
    void whatSipXmlSaysWins() {
        ApplicationDescriptor application = declared(START
                + "<servlet-selection><main-servlet>Another</main-servlet></servlet-selection>"
                + "<session-config><session-timeout>99</session-timeout></session-config>"
                + "<proxy-config><proxy-timeout>77</proxy-timeout></proxy-config>"
                + "<servlet><servlet-name>Main</servlet-name><servlet-class>example.Better</servlet-class>"
                + "<init-param><param-name>a</param-name><param-value>b</param-value></init-param></servlet>"
                + END);

        assertThat(application.mainServlet()).isEqualTo("Another");
        assertThat(application.sessionTimeout()).isEqualTo(99);
        assertThat(application.proxyTimeout()).isEqualTo(77);
        assertThat(application.servlets())
                .containsExactly(
                        new ApplicationDescriptor.Servlet("Main", "example.Better", 1, Map.of("a", "b")),
                        new ApplicationDescriptor.Servlet("Another", Another.class.getName(), -1, Map.of()));
    }

    @Test
    @Proves({"J-19-b"})
    void whatSipXmlLeavesOutIsThatOfTheAnnotations() {
        ApplicationDescriptor application =
                declared(START + "<listener><listener-class>example.Extra</listener-class></listener>" + END);

        assertThat(application.name()).isEqualTo("named");
        assertThat(application.mainServlet()).isEqualTo("Main");
        assertThat(application.sessionTimeout()).isEqualTo(10);
        assertThat(application.proxyTimeout()).isEqualTo(20);
        assertThat(application.distributable()).isTrue();
        assertThat(application.keyMethod())
                .isEqualTo(new ApplicationDescriptor.KeyMethod(GoodKey.class.getName(), "key"));
        assertThat(application.listeners())
                .containsExactly("example.Extra", Another.class.getName(), Timers.class.getName());
    }

    @Test
    @Proves({"J-19-c"})
    void metadataCompleteSwitchesTheAnnotationsOff() {
        ApplicationDescriptor application = declared(START.replace(">", " metadata-complete='true'>")
                + "<app-name>mine</app-name>"
                + "<servlet><servlet-name>s</servlet-name><servlet-class>example.S</servlet-class></servlet>" + END);

        assertThat(application.name()).isEqualTo("mine"); // the annotations would conflict
        assertThat(application.servlets())
                .extracting(ApplicationDescriptor.Servlet::name)
                .containsExactly("s");
        assertThat(application.listeners()).isEmpty();
        assertThat(application.keyMethod()).isNull();
        assertThat(application.sessionTimeout()).isEqualTo(3);
        assertThat(application.proxyTimeout()).isEqualTo(180);
    }

    @Test
    @Proves({"J-19-a"})
    void anotherNameThanThatOfTheAnnotationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared(START + "<app-name>mine</app-name>" + END))
                .withMessage("WEB-INF/sip.xml names the application 'mine', the annotations name it 'named'");
    }

    @Test
    @Proves({"J-19-a"})
    void sameNameAsThatOfTheAnnotationIsTaken() {
        assertThat(declared(START + "<app-name>named</app-name>" + END).name()).isEqualTo("named");
    }

    @Test
    void constraintOnAServletThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared(START + "<security-constraint><resource-collection>"
                        + "<resource-name>x</resource-name><servlet-name>ghost</servlet-name>"
                        + "</resource-collection></security-constraint>" + END))
                .withMessageContaining("'ghost'");
    }

    @Test
    void mappingToAServletThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared(START + "<servlet-selection><servlet-mapping>"
                        + "<servlet-name>ghost</servlet-name><pattern><exists><var>request.method</var></exists></pattern>"
                        + "</servlet-mapping></servlet-selection>" + END))
                .withMessageContaining("'ghost'");
    }

    private ApplicationDescriptor declared(String sipXml) {
        return DeclaredApplication.of(
                        new ByteArrayInputStream(sipXml.getBytes(StandardCharsets.UTF_8)), annotations, "archive")
                .descriptor();
    }

    private static CompositeIndex index() {
        try {
            return Indexes.of(
                    Main.class.getPackageName() + ".package-info",
                    Main.class.getName(),
                    Another.class.getName(),
                    Timers.class.getName(),
                    GoodKey.class.getName());
        } catch (IOException e) {
            throw new AssertionError("the fixtures are on the class path", e);
        }
    }
}
