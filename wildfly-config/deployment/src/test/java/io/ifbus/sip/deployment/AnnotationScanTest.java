// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.deployment.fixture.named.Another;
import io.ifbus.sip.deployment.fixture.named.Main;
import io.ifbus.sip.deployment.fixture.named.Timers;
import io.ifbus.sip.deployment.fixture.plain.AlsoLone;
import io.ifbus.sip.deployment.fixture.plain.Elsewhere;
import io.ifbus.sip.deployment.fixture.plain.Lone;
import io.ifbus.sip.deployment.fixture.second.Servant;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.Test;

/** What an archive's annotations say. */
final class AnnotationScanTest {
    private static final String NAMED_PACKAGE = Main.class.getPackageName() + ".package-info";
    private static final String SECOND_PACKAGE = Servant.class.getPackageName() + ".package-info";

    @Test
    void archiveWithoutSipAnnotationsIsNoSipApplication() throws IOException {
        assertThat(scan(String.class.getName())).isEmpty();
    }

    @Test
    void packageGivesNameMainServletAndTimeouts() throws IOException {
        ApplicationDescriptor application = scan(NAMED_PACKAGE, Main.class.getName(), Another.class.getName())
                .orElseThrow();

        assertThat(application.name()).isEqualTo("named");
        assertThat(application.mainServlet()).isEqualTo("Main");
        assertThat(application.proxyTimeout()).isEqualTo(20);
        assertThat(application.sessionTimeout()).isEqualTo(10);
    }

    @Test
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

    private static Optional<ApplicationDescriptor> scan(String... classNames) throws IOException {
        Indexer indexer = new Indexer();
        for (String name : classNames) {
            try (InputStream in = ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
                indexer.index(in);
            }
        }
        return new AnnotationScan(new CompositeIndex(List.of(indexer.complete()))).application("archive");
    }
}
