// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests and responses as objects (JSR 289 chapter 5). */
class MessageTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

    private Script script;
    private Phone alice;
    private Phone bob;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
    }

    private static void assertUnchangeable(SipServletMessage message) {
        assertThat(message.isCommitted()).isTrue();
        List<ThrowingCallable> changes = List.of(
                () -> message.setHeader("X-A", "1"),
                () -> message.addHeader("X-A", "1"),
                () -> message.removeHeader("X-B"),
                () -> message.setContent("text", "text/plain"),
                () -> message.setContentType("text/plain"),
                () -> message.setExpires(3),
                () -> message.setAddressHeader("X-C", exchange.factory().createAddress("<sip:a@10.1.1.1>")),
                () -> message.addAddressHeader("X-C", exchange.factory().createAddress("<sip:a@10.1.1.1>"), true),
                () -> message.setParameterableHeader("X-D", exchange.factory().createParameterable("X-D: a;b=c")),
                () -> message.addParameterableHeader("X-D", exchange.factory().createParameterable("X-D: a;b=c"), true),
                () -> message.addAcceptLanguage(Locale.GERMAN),
                () -> message.setAcceptLanguage(Locale.GERMAN),
                () -> message.setContentLanguage(Locale.GERMAN));
        SoftAssertions.assertSoftly(all -> {
            for (int i = 0; i < changes.size(); i++) {
                all.assertThatThrownBy(changes.get(i)).as("change %s", i).isInstanceOf(IllegalStateException.class);
            }
        });
    }

    @Test
    @Proves("J-5.2-b")
    void aSlowServletIsSpokenForAndNotCalledAgain() {
        Message invite = alice.invites();
        Message trying = alice.hears(100);
        assertThat(Duration.ofNanos(trying.at() - invite.at())).isLessThan(Duration.ofSeconds(1));
        script.gets("doInvite");
        alice.repeats(invite);
        alice.repeats(invite);
        script.getsNo("doInvite", A_WHILE);
        assertThat(alice.copiesOf(trying)).hasSizeGreaterThan(1);
    }

    @Test
    @Proves("J-5.3.1-a")
    void aBodyIsReadInItsCharset() {
        script.onRequest("doMessage", message -> {
            assertThat(message.getContent()).isEqualTo("Grüße");
            message.createResponse(200).send();
        });
        alice.request("MESSAGE").body("text/plain", "Grüße").send();
        alice.hears(200);
        alice.request("MESSAGE")
                .body("text/plain;charset=ISO-8859-1", "Grüße", StandardCharsets.ISO_8859_1)
                .send();
        alice.hears(200);
    }

    @Test
    void systemHeadersAreTheContainers() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        SoftAssertions.assertSoftly(all -> {
            for (String header : List.of("Call-ID", "CSeq", "Via", "Record-Route", "Route", "Contact")) {
                List<ThrowingCallable> changes = List.of(
                        () -> invite.setHeader(header, "<sip:a@10.1.1.1>"),
                        () -> invite.addHeader(header, "<sip:a@10.1.1.1>"),
                        () -> invite.removeHeader(header));
                for (int i = 0; i < changes.size(); i++) {
                    all.assertThatThrownBy(changes.get(i))
                            .as("change %s of %s", i, header)
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        });
    }

    @Test
    @Proves("J-5.5-a")
    void aMessageKnowsItsPacket() throws Exception {
        alice.request("OPTIONS").send();
        assertPacket(script.gets("doOptions").request(), alice);
        exchange.sends(exchange.request("OPTIONS", bob));
        bob.answers(bob.hears("OPTIONS"), 200);
        assertPacket(script.gets("doSuccessResponse").response(), bob);
    }

    private static void assertPacket(SipServletMessage message, Phone from) {
        assertThat(message.getRemoteAddr()).isEqualTo("127.0.0.1");
        assertThat(message.getRemotePort()).isEqualTo(from.port());
        assertThat(message.getLocalAddr()).isEqualTo("127.0.0.1");
        assertThat(message.getLocalPort()).isEqualTo(exchange.port());
        assertThat(message.getTransport()).isEqualToIgnoringCase("udp");
    }

    @Test
    @Proves("J-5.6-a")
    void aRequestIsInitialOutsideOfDialogsOnly() {
        script.onRequest("doInvite", invite -> {
            assertThat(invite.isInitial()).isTrue();
            invite.createResponse(200).send();
        });
        script.onRequest("doInfo", info -> {
            assertThat(info.isInitial()).isFalse();
            info.createResponse(200).send();
        });
        alice.invites();
        Dialog ofAlice = alice.dialogBy(alice.hears(200));
        ofAlice.acks();
        assertThat(script.gets("doAck").request().isInitial()).isFalse();
        ofAlice.sends("INFO");
        alice.hears(200, "INFO");

        alice.request("INFO").with("To", "<sip:service@127.0.0.1>;tag=unknown").send();
        alice.hears(481, "INFO");
        assertThat(script.events("doInfo")).hasSize(1);
    }

    @Test
    @Proves("J-5.6.1-a")
    void theParametersOfARequestAreThoseOfItsRouteOrElseItsUri() {
        String service = "sip:service@127.0.0.1:" + exchange.port();
        script.onRequest("doOptions", options -> {
            assertThat(options.getParameter("shelf")).isEqualTo("1");
            assertThat(Collections.list(options.getParameterNames())).contains("shelf");
            options.createResponse(200).send();
        });
        alice.request("OPTIONS").requestUri(service + ";shelf=1").send();
        alice.hears(200);
        alice.request("OPTIONS")
                .requestUri(service + ";shelf=2")
                .header("Route", "<sip:127.0.0.1:" + exchange.port() + ";lr;shelf=1>")
                .send();
        alice.hears(200);
    }

    @Test
    @Proves("J-5.6.3-a")
    void aRouteToTheContainerIsPopped() throws Exception {
        script.onRequest("doOptions", options -> options.createResponse(200).send());
        alice.request("OPTIONS")
                .header("Route", "<sip:127.0.0.1:" + exchange.port() + ";lr;shelf=1>")
                .send();
        alice.hears(200);
        SipServletRequest routed = script.gets("doOptions").request();
        assertThat(routed.getPoppedRoute().getURI().toString())
                .contains("127.0.0.1:" + exchange.port())
                .contains("shelf=1");
        assertThat(routed.getHeader("Route")).isNull();
        alice.request("OPTIONS").send();
        alice.hears(200);
        assertThat(script.gets("doOptions").request().getPoppedRoute()).isNull();
    }

    @Test
    @Proves("J-5.2-a")
    void thereIsOneFinalAnswer() {
        script.onRequest("doOptions", options -> {
            options.createResponse(200).send();
            assertThatThrownBy(() -> options.createResponse(500)).isInstanceOf(IllegalStateException.class);
        });
        alice.request("OPTIONS").send();
        alice.hears(200);
    }

    @Test
    @Proves("J-5.3.1-a")
    void aBodyIsWrittenInItsCharset() throws Exception {
        SipServletRequest utf = exchange.request("MESSAGE", bob);
        utf.setContent("Grüße", "text/plain");
        exchange.sends(utf);
        Message inUtf = bob.hears("MESSAGE");
        assertThat(inUtf.header("Content-Length")).isEqualTo("7");
        assertThat(inUtf.body()).isEqualTo("Grüße");

        SipServletRequest latin = exchange.request("MESSAGE", bob);
        latin.setCharacterEncoding("ISO-8859-1");
        latin.setContent("Grüße", "text/plain");
        exchange.sends(latin);
        assertThat(bob.hears("MESSAGE").header("Content-Length")).isEqualTo("5");

        SipServletRequest byType = exchange.request("MESSAGE", bob);
        byType.setContent("Grüße", "text/plain;charset=ISO-8859-1");
        exchange.sends(byType);
        Message inType = bob.hears("MESSAGE");
        assertThat(inType.header("Content-Length")).isEqualTo("5");
        assertThat(inType.header("Content-Type")).containsIgnoringCase("charset=ISO-8859-1");
    }

    @Test
    @Proves("J-5.9.1-a")
    void theLanguagesOfARequestComeInTheOrderOfTheirWeight() throws Exception {
        script.onRequest("doOptions", options -> {
            assertThat(options.getAcceptLanguage()).isEqualTo(Locale.GERMAN);
            assertThat(options.getAcceptLanguages())
                    .toIterable()
                    .containsExactly(Locale.GERMAN, Locale.FRENCH, Locale.ENGLISH);
            options.createResponse(200).send();
        });
        alice.request("OPTIONS")
                .header("Accept-Language", "fr;q=0.8, en;q=0.3, de")
                .send();
        alice.hears(200);

        SipServletRequest options = exchange.request("OPTIONS", bob);
        options.setAcceptLanguage(Locale.GERMAN);
        options.addAcceptLanguage(Locale.FRENCH);
        exchange.sends(options);
        assertThat(bob.hears("OPTIONS").headers("Accept-Language"))
                .hasSize(2)
                .satisfies(languages -> assertThat(languages.get(0)).startsWith("de"))
                .satisfies(languages -> assertThat(languages.get(1)).startsWith("fr"));
    }

    @Test
    void whatWasReceivedAndAnsweredCannotBeChanged() {
        script.onRequest("doOptions", options -> {
            assertThat(options.isCommitted()).isFalse();
            SipServletResponse ok = options.createResponse(200);
            assertThat(ok.isCommitted()).isFalse();
            ok.send();
            assertUnchangeable(ok);
            assertUnchangeable(options);
        });
        alice.request("OPTIONS").send();
        alice.hears(200);
    }
}
