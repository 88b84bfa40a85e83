// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.deployment.fixture.keys.GoodKey;
import io.ifbus.sip.deployment.fixture.keys.InstanceKey;
import io.ifbus.sip.deployment.fixture.keys.NumberKey;
import io.ifbus.sip.deployment.fixture.keys.OtherKey;
import io.ifbus.sip.deployment.fixture.keys.PrivateKey;
import io.ifbus.sip.deployment.fixture.keys.WideKey;
import io.ifbus.sip.deployment.fixture.named.Another;
import io.ifbus.sip.deployment.fixture.named.Main;
import io.ifbus.sip.deployment.fixture.named.Timers;
import io.ifbus.sip.deployment.fixture.plain.AlsoLone;
import io.ifbus.sip.deployment.fixture.plain.Elsewhere;
import io.ifbus.sip.deployment.fixture.plain.Lone;
import io.ifbus.sip.deployment.fixture.second.Servant;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an archive's annotations say. */
final class AnnotationScanTest {
    private static final String NAMED_PACKAGE = Main.class.getPackageName() + ".package-info";
    private static final String SECOND_PACKAGE = Servant.class.getPackageName() + ".package-info";

    @Test
    void archiveWithoutSipAnnotationsIsNoSipApplication() throws IOException {
        assertThat(scan(String.class.getName())).isEmpty();
    }

    @Test
    @Proves({"J-18.2.2-a"})
    void packageGivesNameMainServletAndTimeouts() throws IOException {
        ApplicationDescriptor application = scan(NAMED_PACKAGE, Main.class.getName(), Another.class.getName())
                .orElseThrow();

        assertThat(application.name()).isEqualTo("named");
        assertThat(application.mainServlet()).isEqualTo("Main");
        assertThat(application.proxyTimeout()).isEqualTo(20);
        assertThat(application.sessionTimeout()).isEqualTo(10);
        assertThat(application.distributable()).isTrue();
    }

    @Test
    @Proves({"J-18.2.1-a"})
    void servletsComeInTheOrderOfTheirClassNamesWithTheShortNameAsDefault() throws IOException {
        ApplicationDescriptor application = scan(NAMED_PACKAGE, Main.class.getName(), Another.class.getName())
                .orElseThrow();

        assertThat(application.servlets())
                .containsExactly(
                        new ApplicationDescriptor.Servlet("Another", Another.class.getName(), -1, Map.of()),
                        new ApplicationDescriptor.Servlet("Main", Main.class.getName(), 1, Map.of()));
    }

    @Test
    void listenersAreFoundAlsoWhereTheyAreServlets() throws IOException {
        ApplicationDescriptor application = scan(
                        NAMED_PACKAGE, Main.class.getName(), Another.class.getName(), Timers.class.getName())
                .orElseThrow();

        assertThat(application.listeners()).containsExactly(Another.class.getName(), Timers.class.getName());
    }

    @Test
    void withoutAnApplicationAnnotationTheArchiveGivesTheName() throws IOException {
        ApplicationDescriptor application = scan(Lone.class.getName()).orElseThrow();

        assertThat(application.name()).isEqualTo("archive");
        assertThat(application.mainServlet()).isEqualTo("Lone"); // the only one
        assertThat(application.proxyTimeout()).isEqualTo(180);
        assertThat(application.sessionTimeout()).isEqualTo(3);
    }

    @Test
    void servletMayGiveTheName() throws IOException {
        assertThat(scan(Elsewhere.class.getName()).orElseThrow().name()).isEqualTo("elsewhere");
    }

    @Test
    void servletOfAnotherApplicationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(NAMED_PACKAGE, Main.class.getName(), Elsewhere.class.getName()))
                .withMessageContaining("[elsewhere, named]");
    }

    @Test
    void secondApplicationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(NAMED_PACKAGE, SECOND_PACKAGE, Main.class.getName()))
                .withMessageContaining("more than one @SipApplication")
                .withMessageContaining(NAMED_PACKAGE)
                .withMessageContaining(SECOND_PACKAGE);
    }

    @Test
    void twoServletsOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(Lone.class.getName(), AlsoLone.class.getName()))
                .withMessageContaining("two servlets named 'Lone'");
    }

    @Test
    void listenerAloneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(Timers.class.getName()))
                .withMessageContaining("no SIP servlet");
    }

    @Test
    void keyMethodIsFoundInAnyClass() throws IOException {
        ApplicationDescriptor application = scan(NAMED_PACKAGE, Main.class.getName(), OtherKey.class.getName())
                .orElseThrow();

        assertThat(application.keyMethod())
                .isEqualTo(new ApplicationDescriptor.KeyMethod(OtherKey.class.getName(), "other"));
    }

    @ParameterizedTest
    @ValueSource(classes = {PrivateKey.class, WideKey.class, NumberKey.class, InstanceKey.class})
    @Proves({"J-18.2.5-a"})
    void keyMethodOfAnotherShapeIsRefused(Class<?> wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(Lone.class.getName(), wrong.getName()))
                .withMessage("@SipApplicationKey " + wrong.getName()
                        + ".key must be public static and take one SipServletRequest and return a String");
    }

    @Test
    @Proves({"J-18.2.5-a"})
    void secondKeyMethodIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        scan(NAMED_PACKAGE, Main.class.getName(), GoodKey.class.getName(), OtherKey.class.getName()))
                .withMessageContaining("more than one @SipApplicationKey")
                .withMessageContaining(GoodKey.class.getName() + ".key")
                .withMessageContaining(OtherKey.class.getName() + ".other");
    }

    @Test
    void keyMethodOfAnotherApplicationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scan(Elsewhere.class.getName(), OtherKey.class.getName()))
                .withMessageContaining("[elsewhere, named]");
    }

    private static Optional<ApplicationDescriptor> scan(String... classNames) throws IOException {
        return DeclaredApplication.of(Indexes.of(classNames), "archive").map(DeclaredApplication::descriptor);
    }
}
