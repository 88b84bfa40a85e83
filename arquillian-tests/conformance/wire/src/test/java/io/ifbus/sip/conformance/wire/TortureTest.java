// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.Remains;
import java.time.Duration;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.Test;

/**
 * RFC 4475, over UDP and over TCP. What is expected is expected over the transport that the message's Via names; over the
 * other one a server may also be silent, since it would have to answer where nobody listens.
 */
class TortureTest extends TortureScene {
    @Test
    @Proves("4475-mcl01")
    void twoLengths() {
        assertThat(udp("mcl01").status()).as(udp("mcl01").toString()).isBetween(400, 499);
        assertThat(udp("mcl01").reached).isEmpty();
        assertThat(tcp("mcl01").status()).as(tcp("mcl01").toString()).isBetween(400, 499);
        assertThat(tcp("mcl01").closed).isTrue();
    }

    @Test
    @Proves("4475-multi01")
    void headersThatMayStandOnce() {
        assertRefusedUnseen("multi01", "UDP", 400);
    }

    @Test
    @Proves("4475-ncl")
    void aNegativeLength() {
        assertThat(udp("ncl").status()).as(udp("ncl").toString()).isBetween(400, 499);
        assertThat(udp("ncl").reached).isEmpty();
        assertThat(tcp("ncl").status()).as(tcp("ncl").toString()).isBetween(400, 499);
        assertThat(tcp("ncl").closed).isTrue();
    }

    @Test
    @Proves("4475-badbranch")
    void aBranchThatIsOnlyTheCookie() {
        assertStatus("badbranch", "UDP", 200, 400);
    }

    @Test
    @Proves("4475-baddate")
    void aDateInAnotherZone() {
        assertStatus("baddate", "UDP", TAKEN, 400);
    }

    @Test
    @Proves("4475-baddn")
    void displayNamesThatShouldBeQuoted() {
        for (Torture.Outcome outcome : both("baddn", "UDP")) {
            assertThat(outcome.status()).as(outcome.toString()).isIn(200, 400);
            if (outcome.status() == 200) {
                assertThat(outcome.answer().header("From")).startsWith("\"Bell, Alexander\"");
                assertThat(outcome.answer().header("To")).startsWith("\"Watson, Thomas\"");
            }
        }
    }

    @Test
    @Proves("4475-badinv01")
    void semicolonsWithoutParameters() {
        assertRefusedUnseen("badinv01", "UDP", 400);
    }

    @Test
    @Proves("4475-bext01")
    void unknownExtensions() {
        for (Torture.Outcome outcome : both("bext01", "TCP")) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(420);
            assertThat(outcome.answer().values("Unsupported"))
                    .containsExactlyInAnyOrder("nothingSupportsThis", "nothingSupportsThisEither");
        }
    }

    @Test
    @Proves("4475-clerr")
    void aBodyShorterThanItsLength() {
        assertThat(udp("clerr").status()).as(udp("clerr").toString()).isEqualTo(400);
        assertThat(udp("clerr").reached).isEmpty();
        assertThat(tcp("clerr").closed).isTrue();
        assertThat(tcp("clerr").reached).isEmpty();
    }

    @Test
    @Proves("4475-cparam01")
    void aParameterOfTheContactHeader() {
        for (Torture.Outcome outcome : both("cparam01", "UDP")) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(200);
            Address contact = contact(outcome);
            assertThat(contact.getParameter("unknownparam")).isNotNull();
            assertThat(contact.getURI().getParameter("unknownparam")).isNull();
        }
    }

    @Test
    @Proves("4475-cparam02")
    void aParameterOfTheContactUri() {
        for (Torture.Outcome outcome : both("cparam02", "UDP")) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(200);
            Address contact = contact(outcome);
            assertThat(contact.getParameter("unknownparam")).isNull();
            assertThat(contact.getURI().getParameter("unknownparam")).isNotNull();
        }
    }

    @Test
    @Proves("4475-esc02")
    void anEscapedMethodIsAnotherMethod() {
        for (Torture.Outcome outcome : both("esc02", "TCP")) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(501);
        }
    }

    @Test
    @Proves("4475-escruri")
    void anEscapedRouteInTheRequestUri() {
        assertStatus("escruri", "UDP", TAKEN, 400);
        for (Torture.Outcome outcome : both("escruri", "UDP")) {
            assertThat(outcome.answers)
                    .as("never followed")
                    .allMatch(m -> m.status() > 0 || m.method().equals("BYE"));
            outcome.reached.forEach(
                    request -> assertThat(request.getHeader("Route")).isNull());
        }
    }

    @Test
    @Proves("4475-longreq")
    void longValues() {
        for (Torture.Outcome outcome : both("longreq", "TCP")) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(TAKEN);
            Message sent = Message.parse(text("longreq"));
            Message answer = outcome.answer();
            assertThat(answer.values("Via")).hasSize(34);
            for (int i = 1; i < 34; i++) {
                assertThat(words(answer.values("Via").get(i)))
                        .isEqualTo(words(sent.values("Via").get(i)));
            }
            assertThat(answer.values("Via").get(33))
                    .isEqualTo(sent.values("Via").get(33));
            assertThat(answer.callId()).isEqualTo(sent.callId());
            assertThat(answer.uriOf("From")).isEqualTo(sent.uriOf("From"));
            assertThat(answer.fromTag()).isEqualTo(sent.fromTag());
            assertThat(answer.uriOf("To")).isEqualTo(sent.uriOf("To"));
        }
    }

    @Test
    @Proves("4475-lwsdisp")
    void noSpaceAfterTheDisplayName() {
        assertStatus("lwsdisp", "UDP", 200);
    }

    @Test
    @Proves("4475-lwsruri")
    void aSpaceInTheRequestUri() {
        assertStatus("lwsruri", "UDP", 400, 481, TAKEN);
    }

    @Test
    @Proves("4475-lwsstart")
    void moreSpacesInTheStartLine() {
        assertStatus("lwsstart", "UDP", 400, TAKEN);
    }

    @Test
    @Proves("4475-mismatch01")
    void aCSeqOfAnotherMethod() {
        assertRefusedUnseen("mismatch01", "UDP", 400);
    }

    @Test
    @Proves("4475-noreason")
    void aResponseWithoutReason() {
        assertNoEffect("noreason");
    }

    @Test
    @Proves("4475-unreason")
    void aResponseWithAReasonInAnotherScript() {
        assertNoEffect("unreason");
    }

    @Test
    @Proves("4475-regaut01")
    void anUnknownSchemeOfAuthorization() {
        assertStatus("regaut01", "TCP", 200, 401, 405);
    }

    @Test
    @Proves("4475-regescrt")
    void anEscapedRouteInAContact() {
        for (Torture.Outcome outcome : both("regescrt", "UDP")) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(200);
            SipURI contact = (SipURI) contact(outcome).getURI();
            assertThat(contact.getHeader("Route")).isIn("<sip:sip.example.com>", "%3Csip:sip.example.com%3E");
            assertThat(outcome.request().getHeader("Route")).isNull();
        }
    }

    @Test
    @Proves("4475-scalar02")
    void numbersOutOfRange() {
        assertRefusedUnseen("scalar02", "TCP", 400);
    }

    @Test
    @Proves("4475-sdp01")
    void anAnswerThatTheCallerCannotRead() {
        for (Torture.Outcome outcome : both("sdp01", "UDP")) {
            assertThat(outcome.status()).as(outcome.toString()).isIn(400, 406);
            assertThat(outcome.answers).allMatch(m -> m.body().isEmpty());
        }
    }

    @Test
    @Proves("4475-semiuri")
    void aUserPartWithASemicolon() {
        for (Torture.Outcome outcome : both("semiuri", "UDP")) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(200);
            SipURI uri = (SipURI) outcome.request().getRequestURI();
            assertThat(uri.getUser()).isEqualTo("user;par=u@example.net");
            assertThat(uri.getHost()).isEqualTo("example.com");
            assertThat(uri.getParameter("par")).isNull();
        }
    }

    @Test
    @Proves("4475-transports")
    void unknownTransportsInVia() {
        for (Torture.Outcome outcome : List.of(udp("transports"))) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(200);
            List<String> sent = Message.parse(text("transports")).values("Via");
            List<String> back = outcome.answer().values("Via");
            assertThat(back).hasSize(5);
            assertThat(back.get(0)).startsWith(sent.get(0));
            assertThat(back.subList(1, 5)).isEqualTo(sent.subList(1, 5));
        }
    }

    @Test
    @Proves("4475-trws")
    void spacesAfterTheVersion() {
        assertStatus("trws", "TCP", 200, 400);
    }

    @Test
    @Proves("4475-unkscm")
    void anUnknownSchemeOfUri() {
        assertRefusedUnseen("unkscm", "TCP", 416);
    }

    @Test
    @Proves("4475-wsinv")
    void foldingCaseAndCompactNames() {
        for (Torture.Outcome outcome : both("wsinv", "UDP")) {
            assertThat(outcome.status()).as(outcome.toString()).isIn(TAKEN, 481); // it has a To tag
        }
    }

    @Test
    void nothingIsLeftAndACallGoesThrough() throws Exception {
        assertThat(torture.names()).hasSize(32);
        assertThat(torture.left()).isEmpty();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(SERVER.remains()).isEqualTo(Remains.NOTHING);
            assertThat(SERVER.test().server.connectionCount()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("sip-tcp-" + SERVER.port() + "-") && !name.endsWith("-threads"));
        });
        try (UdpPeer peer = SERVER.udp()) {
            Call call = Call.to(SERVER, peer);
            call.establish(call.invite());
            call.hangUp();
        }
    }
}
