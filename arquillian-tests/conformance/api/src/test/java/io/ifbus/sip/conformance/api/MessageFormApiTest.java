// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.servlet.sip.SipServletMessage.HeaderForm;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

class MessageFormApiTest extends ApiScene {
    @Test
    @Proves({
        "SipServletMessage.getAcceptLanguage",
        "SipServletMessage.setAcceptLanguage",
        "SipServletMessage.getAcceptLanguages"
    })
    void theAcceptedLanguageIsReplaced() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.setAcceptLanguage(Locale.FRENCH);
        options.setAcceptLanguage(Locale.GERMAN);

        assertThat(options.getAcceptLanguage()).isEqualTo(Locale.GERMAN);
        assertThat(options.getAcceptLanguages()).toIterable().containsExactly(Locale.GERMAN);
    }

    @Test
    @Proves("SipServletMessage.setAcceptLanguage")
    void noAcceptedLanguageRemovesTheHeader() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.setAcceptLanguage(Locale.FRENCH);

        options.setAcceptLanguage(null);

        assertThat(options.getHeader("Accept-Language")).isNull();
    }

    @Test
    @Proves({"SipServletMessage.getAcceptLanguage", "SipServletMessage.getAcceptLanguages"})
    void theAcceptedLanguagesComeInTheOrderOfPreference() throws Exception {
        check(request("OPTIONS", "Accept-Language: en;q=0.3, de;q=0.9, fr;q=0.5"), request -> {
            assertThat(request.getAcceptLanguage()).isEqualTo(Locale.GERMAN);
            assertThat(request.getAcceptLanguages())
                    .toIterable()
                    .containsExactly(Locale.GERMAN, Locale.FRENCH, Locale.ENGLISH);
        });
    }

    @Test
    @Proves({"SipServletMessage.getAcceptLanguage", "SipServletMessage.getAcceptLanguages"})
    void withoutAnAcceptedLanguageTheServersIsTaken() throws Exception {
        check(request("OPTIONS"), request -> {
            assertThat(request.getAcceptLanguage()).isEqualTo(Locale.getDefault());
            assertThat(request.getAcceptLanguages()).toIterable().containsExactly(Locale.getDefault());
        });
    }

    @Test
    @Proves("SipServletMessage.addAcceptLanguage")
    void aLanguageThatIsAddedIsPreferredLess() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.setAcceptLanguage(Locale.GERMAN);
        options.addAcceptLanguage(Locale.FRENCH);
        options.addAcceptLanguage(Locale.ENGLISH);
        options.send();

        String sent = with(
                request("OPTIONS"),
                heard("OPTIONS", options)
                        .lines()
                        .filter(line -> line.startsWith("Accept-Language"))
                        .toArray(String[]::new));
        check(sent, request -> {
            assertThat(request.getAcceptLanguages())
                    .toIterable()
                    .containsExactly(Locale.GERMAN, Locale.FRENCH, Locale.ENGLISH);
            List<String> weights = new ArrayList<>();
            request.getHeaders("Accept-Language").forEachRemaining(value -> weights.add(value.replaceAll(".*;", "")));
            assertThat(weights).hasSize(3).doesNotHaveDuplicates();
        });
    }

    @Test
    @Proves({"SipServletMessage.getContentLanguage", "SipServletMessage.setContentLanguage"})
    void theLanguageOfTheContentIsAHeader() throws Exception {
        SipServletRequest message = outgoing("MESSAGE");
        assertThat(message.getContentLanguage()).isNull();

        message.setContentLanguage(Locale.GERMAN);
        message.setContent("Feuer", "text/plain");
        assertThat(message.getContentLanguage()).isEqualTo(Locale.GERMAN);
        message.send();
        assertThat(heard("MESSAGE", message)).contains("\r\nContent-Language: de\r\n");
        assertThatThrownBy(() -> message.setContentLanguage(Locale.FRENCH)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> message.setAcceptLanguage(Locale.FRENCH)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> message.addAcceptLanguage(Locale.FRENCH)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves({
        "SipServletMessage.getContent",
        "SipServletMessage.setContent",
        "SipServletMessage.getRawContent",
        "SipServletMessage.getContentType",
        "SipServletMessage.getContentLength"
    })
    void textIsContentAsAStringAndAnythingElseAsBytes() throws Exception {
        SipServletRequest message = outgoing("MESSAGE");
        assertThat(message.getContent()).isNull();
        assertThat(message.getContentType()).isNull();
        assertThat(message.getContentLength()).isZero();

        message.setContent("fire", "text/plain");
        assertThat(message.getContent()).isEqualTo("fire");
        assertThat(message.getContentType()).isEqualTo("text/plain");
        assertThat(message.getContentLength()).isEqualTo(4);
        message.setContent(new byte[] {1, 2, 3}, "application/octet-stream");
        assertThat(message.getContent()).isEqualTo(new byte[] {1, 2, 3});
        assertThat(message.getRawContent()).containsExactly(1, 2, 3);
        assertThat(message.getContentType()).isEqualTo("application/octet-stream");
        message.setContent("water", "text/plain");
        message.send();
        assertThat(heard("MESSAGE", message)).endsWith("\r\n\r\nwater").contains("Content-Length: 5\r\n");
        assertThatThrownBy(() -> message.setContent("x", "text/plain")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves({
        "SipServletMessage.getContent",
        "SipServletMessage.getRawContent",
        "SipServletMessage.getContentType",
        "SipServletMessage.getCharacterEncoding"
    })
    void theCharsetOfTheContentTypeDecodesText() throws Exception {
        String message = request("MESSAGE", "Content-Type: text/plain;charset=UTF-16BE")
                        .replace("Content-Length: 0", "Content-Length: 4")
                + "\0a\0b";
        check(message, request -> {
            assertThat(request.getCharacterEncoding()).isEqualTo("UTF-16BE");
            assertThat(request.getContent()).isEqualTo("ab");
            assertThat(request.getRawContent()).containsExactly(0, 'a', 0, 'b');
            assertThat(request.getContentType()).isEqualTo("text/plain;charset=UTF-16BE");
        });
        check(request("MESSAGE"), request -> assertThat(request.getCharacterEncoding())
                .isNull());
    }

    @Test
    @Proves("SipServletMessage.setCharacterEncoding")
    void theCharacterEncodingDecidesOnTheBytes() throws Exception {
        SipServletRequest message = outgoing("MESSAGE");
        message.setCharacterEncoding("UTF-16BE");
        message.setContent("ab", "text/plain");

        assertThat(message.getCharacterEncoding()).isEqualTo("UTF-16BE");
        assertThat(message.getRawContent()).containsExactly(0, 'a', 0, 'b');
        assertThat(message.getContent()).isEqualTo("ab");
        assertThat(message.getHeader("Content-Encoding")).isNull();
        assertThatThrownBy(() -> message.setCharacterEncoding("no-such-charset"))
                .isInstanceOf(java.io.UnsupportedEncodingException.class);
    }

    @Test
    @Proves("SipServletMessage.setContent")
    void textInUtf8IsSentInUtf8() throws Exception {
        SipServletRequest message = outgoing("MESSAGE");
        message.setContent("Füße", "text/plain;charset=UTF-8");

        assertThat(message.getContentLength()).isEqualTo(6);
        message.send();
        assertThat(heard("MESSAGE", message)).endsWith("\r\n\r\nFüße");
    }

    @Test
    @Proves({"SipServletMessage.setContentType", "SipServletMessage.setContentLength"})
    void typeAndLengthOfTheContentCanBeSetByThemselves() throws Exception {
        SipServletRequest message = outgoing("MESSAGE");
        message.setContent("fire", "text/plain");
        message.setContentType("text/html; charset=ISO-8859-1");
        assertThat(message.getContentType()).startsWith("text/html");
        assertThat(message.getCharacterEncoding()).isEqualTo("ISO-8859-1");
        message.setContentLength(3);
        assertThat(message.getContentLength()).isEqualTo(3);
        message.setContentLength(4);
        message.send();
        assertThat(heard("MESSAGE", message))
                .contains("Content-Type: text/html")
                .endsWith("fire");
        assertThatThrownBy(() -> message.setContentType("text/plain")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> message.setContentLength(4)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves({"SipServletMessage.HeaderForm", "SipServletMessage.getHeaderForm"})
    void aMessageHasAHeaderForm() throws Exception {
        assertThat(HeaderForm.values()).containsExactly(HeaderForm.COMPACT, HeaderForm.DEFAULT, HeaderForm.LONG);
        SipServletRequest options = outgoing("OPTIONS");
        assertThat(options.getHeaderForm()).isEqualTo(HeaderForm.DEFAULT);
        for (HeaderForm form : HeaderForm.values()) {
            options.setHeaderForm(form);
            assertThat(options.getHeaderForm()).isEqualTo(form);
        }
    }

    @Test
    @Proves("SipServletMessage.setHeaderForm")
    void compactMakesEachHeaderCompactAndLongMakesEachLong() throws Exception {
        SipServletRequest compact = outgoing("OPTIONS");
        compact.setHeader("Subject", "fire");
        compact.setHeaderForm(HeaderForm.COMPACT);
        String callId = compact.getCallId();
        compact.send();
        assertThat(peer.receive(5000))
                .contains(callId)
                .contains("\r\ns: fire\r\n", "\r\nv: ", "\r\nf: ", "\r\nt: ", "\r\nm: ")
                .doesNotContain("Subject:", "Via:", "From:");

        SipServletRequest wide = outgoing("OPTIONS");
        wide.setHeader("s", "fire");
        wide.setHeaderForm(HeaderForm.LONG);
        wide.send();
        assertThat(heard("OPTIONS", wide)).contains("\r\nSubject: fire\r\n").doesNotContain("\r\ns: ");
    }

    @Test
    @Proves("SipServletMessage.setHeaderForm")
    void byDefaultEachHeaderHasTheFormInWhichItWasSet() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.setHeaderForm(HeaderForm.DEFAULT);
        options.setHeader("s", "fire");
        options.setHeader("Allow-Events", "telephone-event");
        options.send();

        assertThat(heard("OPTIONS", options)).contains("\r\ns: fire\r\n", "\r\nAllow-Events: telephone-event\r\n");
    }
}
