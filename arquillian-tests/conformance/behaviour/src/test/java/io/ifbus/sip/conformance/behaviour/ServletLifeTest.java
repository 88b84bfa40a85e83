// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.TestEnvironment;
import java.time.Duration;
import java.util.List;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletContextEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servlets are made and destroyed, and may fail (JSR 289 sections 2.1 and 2.2, chapter 7). */
class ServletLifeTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

    private Script script;
    private Phone alice;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
    }

    private void answersOptions() {
        script.onRequest("doOptions", options -> options.createResponse(200).send());
    }

    @Test
    @Proves({"J-2.1-a", "J-2.1.1-a"})
    void servletsStartInTheirOrderBeforeAnyMessage() throws Exception {
        exchange.deploysInstead(ApplicationDescriptor.of(
                "test",
                "third",
                List.of(
                        Exchange.servlet("third", 30),
                        Exchange.servlet("lazy", -1),
                        Exchange.servlet("first", 0),
                        Exchange.servlet("second", 5)),
                List.of(Observer.class.getName()),
                0,
                3));
        List<Script.Event> starts = script.events("init", "servletInitialized");
        starts = starts.subList(4, starts.size()); // those of the usual application are before
        assertThat(starts.subList(0, 3)).extracting(Script.Event::servlet).containsExactly("first", "second", "third");
        assertThat(starts.subList(3, 6)).extracting(Script.Event::hook).containsOnly("servletInitialized");
        assertThat(starts.subList(3, 6))
                .extracting(event -> ((SipServletContextEvent) event.subject()).getSipServlet())
                .containsExactlyInAnyOrder(starts.subList(0, 3).stream()
                        .map(event -> (SipServlet) event.subject())
                        .toArray(SipServlet[]::new));
        assertThat(starts.subList(3, 6))
                .extracting(event -> ((SipServletContextEvent) event.subject()).getServletContext())
                .containsOnly(exchange.context());
        answersOptions();
        alice.request("OPTIONS").send();
        assertThat(script.gets("doOptions").servlet()).isEqualTo("third");
        assertThat(script.events("init")).hasSize(5);
    }

    @Test
    @Proves("J-2.1-b")
    void servletsAreDestroyedOnceAndGetNothingAfterwards() throws Exception {
        answersOptions();
        alice.request("OPTIONS").send();
        script.gets("doOptions");
        exchange.undeploys();
        assertThat(script.events("destroy"))
                .extracting(Script.Event::servlet)
                .containsExactlyInAnyOrder("Attendant", "Deputy");
        alice.request("OPTIONS").send();
        script.getsNo("doOptions", A_WHILE);
        assertThat(script.events("destroy")).hasSize(2);
    }

    @Test
    @Proves("J-2.2-a")
    void aServletThatFailsBeforeItAnswersIsAnswered500() {
        script.onRequest("doOptions", options -> {
            throw new Script.Intended();
        });
        alice.request("OPTIONS").send();
        alice.hears(500);
    }

    @Test
    @Proves("J-7-a")
    void aSecondApplicationOfTheSameNameIsRefused() {
        ApplicationDescriptor same =
                ApplicationDescriptor.of("test", null, List.of(Exchange.servlet("Other", 1)), List.of(), 0, 3);
        assertThatThrownBy(() -> exchange.server().deploy(same, new TestEnvironment()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'test'");
        answersOptions();
        alice.request("OPTIONS").send();
        assertThat(script.gets("doOptions").servlet()).isEqualTo("Attendant");
    }
}
