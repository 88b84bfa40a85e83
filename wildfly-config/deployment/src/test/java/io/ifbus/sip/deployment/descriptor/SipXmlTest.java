// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.ServletSelection.Condition;
import io.ifbus.sip.container.ServletSelection.Mapping;
import io.ifbus.sip.container.ServletSelection.Mappings;
import io.ifbus.sip.container.SipSecurity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.metadata.javaee.spec.EnvironmentRefsGroupMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sip.xml by itself, in both of its forms. */
final class SipXmlTest {
    private static final String SERVLET =
            "<servlet><servlet-name>s</servlet-name><servlet-class>example.S</servlet-class></servlet>";

    @Test
    void servletsHaveTheirParametersRolesAndPlaceAtStartUp() throws IOException {
        assertThat(file("full-1.1.xml").descriptor().servlets())
                .containsExactly(
                        new ApplicationDescriptor.Servlet(
                                "record",
                                "example.Recorder",
                                2,
                                Map.of("seconds", "30"),
                                "recorder",
                                Map.of("boss", "owner")),
                        new ApplicationDescriptor.Servlet("play", "example.Player", 0, Map.of()));
    }

    @Test
    @Proves({"J-19-d", "J-19-e"})
    void applicationHasItsNameTimeoutsListenersAndParameters() throws IOException {
        ApplicationDescriptor application = file("full-1.1.xml").descriptor();

        assertThat(application.name()).isEqualTo("org.example.voicemail");
        assertThat(application.proxyTimeout()).isEqualTo(40);
        assertThat(application.sessionTimeout()).isEqualTo(25);
        assertThat(application.distributable()).isTrue();
        assertThat(application.listeners()).containsExactly("example.Timers");
        assertThat(application.contextParameters()).containsOnly(Map.entry("greeting", "hello"));
    }

    @Test
    void mappingsKeepTheirOrderAndTheirConditions() throws IOException {
        Condition record = new Condition.And(List.of(
                new Condition.Equal("request.method", "INVITE", false),
                new Condition.Or(List.of(
                        new Condition.Contains("request.uri.user", "Mail", true),
                        new Condition.Not(new Condition.Exists("request.to.uri.param.phone")))),
                new Condition.SubdomainOf("request.from.uri.host", "example.org")));

        assertThat(file("full-1.1.xml").descriptor().selection())
                .isEqualTo(new Mappings(List.of(
                        new Mapping("record", record),
                        new Mapping("play", new Condition.Equal("request.method", "MESSAGE", true)))));
    }

    @Test
    void securityIsThatOfChapter17() throws IOException {
        SipSecurity security = file("full-1.1.xml").descriptor().security();

        assertThat(security.constraints())
                .containsExactly(
                        new SipSecurity.Constraint(
                                List.of("record"), Set.of("INVITE", "MESSAGE"), Set.of("owner"), true, true, true),
                        new SipSecurity.Constraint(
                                List.of("record", "play"), Set.of(), Set.of("owner"), true, true, true));
        assertThat(security.login()).isEqualTo(new SipSecurity.Login("DIGEST", "example.org", "REQUIRED"));
        assertThat(security.roles()).containsExactly("owner");
    }

    @Test
    void referencesAreThoseOfJakartaEe() throws IOException {
        EnvironmentRefsGroupMetaData environment = file("full-1.1.xml").environment();

        assertThat(environment.getEnvironmentEntryByName("limit").getValue()).isEqualTo("7");
        assertThat(environment.getEjbLocalReferenceByName("ejb/clerk").getLocal())
                .isEqualTo("example.Clerk");
        assertThat(environment.getResourceReferenceByName("jdbc/mail").getType())
                .isEqualTo("javax.sql.DataSource");
        assertThat(environment.getMessageDestinationReferenceByName("jms/mail").getType())
                .isEqualTo("jakarta.jms.Queue");
    }

    /** The DTD's address is one at which nobody listens. */
    @Test
    void formOfVersion10IsReadWithoutItsDtd() throws IOException {
        DeclaredApplication declared = file("full-1.0.xml");
        ApplicationDescriptor application = declared.descriptor();

        assertThat(application.name()).isEqualTo("archive"); // version 1.0 has no app-name
        assertThat(application.servlets())
                .containsExactly(new ApplicationDescriptor.Servlet("old", "example.Old", 1, Map.of()));
        assertThat(application.selection())
                .isEqualTo(new Mappings(
                        List.of(new Mapping("old", new Condition.Equal("request.method", "INVITE", false)))));
        assertThat(application.proxyTimeout()).isEqualTo(20);
        assertThat(application.sessionTimeout()).isZero();
        assertThat(declared.environment().getEnvironmentEntryByName("limit").getValue())
                .isEqualTo("7");
    }

    @Test
    @Proves({"J-19-a"})
    void version11NeedsAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        declared("<sip-app xmlns='http://www.jcp.org/xml/ns/sipservlet'>" + SERVLET + "</sip-app>"))
                .withMessageContaining("WEB-INF/sip.xml")
                .withMessageContaining("<app-name>");
    }

    @Test
    void externalEntityIsNotLoaded() {
        String text = "<!DOCTYPE sip-app [<!ENTITY secret SYSTEM 'file:///etc/hostname'>]>\n<sip-app><app-name>&secret;"
                + "</app-name>" + SERVLET + "</sip-app>";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared(text))
                .withMessageContaining("WEB-INF/sip.xml:2")
                .withMessageContaining("secret");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            <app-nam>x</app-nam>                          | <app-nam> is not known in <sip-app>
            <app-name/>                                   | <app-name> is empty
            <app-name>a</app-name><app-name>b</app-name>  | a second <app-name>
            <servlet><servlet-name>x</servlet-name></servlet> | <servlet> needs <servlet-name> and <servlet-class>
            <servlet><jsp-file>x</jsp-file></servlet>     | <jsp-file> is not known in <servlet>
            <session-config><session-timeout>soon</session-timeout></session-config> | <session-timeout> must be a number, not 'soon'
            <proxy-config><proxy-timeout>0</proxy-timeout></proxy-config> | <proxy-timeout> must be greater than 0, it is 0
            <servlet-selection><main-servlet>s</main-servlet><servlet-mapping><servlet-name>s</servlet-name><pattern><exists><var>request.method</var></exists></pattern></servlet-mapping></servlet-selection> | there may be a <main-servlet> or <servlet-mapping>s, not both
            <servlet-mapping><servlet-name>s</servlet-name></servlet-mapping> | <servlet-mapping> needs one <servlet-name> and one <pattern>
            <servlet-mapping><servlet-name>s</servlet-name><pattern><and/></pattern></servlet-mapping> | <and> needs a condition
            <servlet-mapping><servlet-name>s</servlet-name><pattern><equal><var>request.method</var></equal></pattern></servlet-mapping> | <equal> needs <var> and <value>
            <servlet-mapping><servlet-name>s</servlet-name><pattern><exists><var>method</var></exists></pattern></servlet-mapping> | <var> must begin with 'request.', it is 'method'
            <login-config><identity-assertion><identity-assertion-scheme>Identity</identity-assertion-scheme><identity-assertion-support>REQUIRED</identity-assertion-support></identity-assertion></login-config> | must be P-Asserted-Identity, not 'Identity'
            <security-constraint/>                        | <security-constraint> needs a <resource-collection>
            words                                         | text is not expected here: words
            """)
    void whatIsWrongIsNamedWithItsLine(String wrong, String complaint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared("<sip-app>\n\n" + wrong + SERVLET + "</sip-app>"))
                .withMessageContaining("WEB-INF/sip.xml:3: ")
                .withMessageContaining(complaint);
    }

    @Test
    void fileThatIsNoXmlIsRefusedWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared("<sip-app>\n<servlet></sip-app>"))
                .withMessageContaining("WEB-INF/sip.xml:2: ");
    }

    @Test
    void fileOfAnotherKindIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared("<web-app/>"))
                .withMessage("WEB-INF/sip.xml:1: <sip-app> is expected, not <web-app>");
    }

    @Test
    void elementOfAnUnknownNamespaceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> declared("<sip-app><servlet xmlns='urn:other'/></sip-app>"))
                .withMessageContaining("unknown namespace: urn:other");
    }

    private static ApplicationDescriptor declared(String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return DeclaredApplication.of(in, null, "archive").descriptor();
    }

    private static DeclaredApplication file(String name) throws IOException {
        try (InputStream in = SipXmlTest.class.getResourceAsStream(name)) {
            return DeclaredApplication.of(in, null, "archive");
        }
    }
}
