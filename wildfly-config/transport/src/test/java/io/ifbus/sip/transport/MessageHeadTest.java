// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageHeadTest {
    @Test
    void aRequestIsReadInEachSpelling() {
        MessageHead head =
                MessageHead.of(bytes("INVITE sip:b@c SIP/2.0\r\nTO :\r\n <sip:b@c;tag=uri>\r\n\t;tag=x;y=1\r\n"
                        + "v: SIP/2.0/UDP a;branch=z9hG4bKA\r\nVia: SIP/2.0/UDP b\r\ni: id@a\r\n\r\nCall-ID: body"));
        assertThat(head).isEqualTo(new MessageHead("INVITE", 0, "id@a", "x", "SIP/2.0/UDP a;branch=z9hG4bKA"));
        assertThat(head.branch()).isEqualTo("z9hg4bka");
        assertThat(head.name()).isEqualTo("INVITE");
        assertThat(head.opensSomething()).isFalse();
    }

    @Test
    void aCallIdMayBeFoldedButHasNoWhiteSpaceInIt() {
        assertThat(MessageHead.of(bytes("BYE sip:b SIP/2.0\r\nCall-ID:\r\n\tid@a\r\n\r\n"))
                        .callId())
                .isEqualTo("id@a");
        assertThat(MessageHead.of(bytes("BYE sip:b SIP/2.0\r\nCall-ID: session 17\r\n\r\n"))
                        .callId())
                .isNull();
    }

    @Test
    void aTagInsideTheUriIsNotTheHeaders() {
        assertThat(MessageHead.of(bytes("INVITE sip:b SIP/2.0\r\nTo: <sip:b;tag=uri>\r\n\r\n"))
                        .opensSomething())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"SIP/2.0 180 Ringing,1xx", "SIP/2.0 603 No,6xx", "SIP/2.0 x,0xx"})
    void aResponseIsKnownByItsClass(String line, String name) {
        MessageHead head = MessageHead.of(bytes(line + "\r\n\r\n"));
        assertThat(head.name()).isEqualTo(name);
        assertThat(head.opensSomething()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "GET / HTTP/1.1\r\n",
                "\u0000\u0001SIP/2.0",
                "a\u0000 SIP/2.0\r\n",
                " SIP/2.0\r\n",
                "SI"
            })
    void otherThingsAreNoSip(String text) {
        assertThat(MessageHead.of(bytes(text))).isNull();
    }

    @Test
    void aMethodWithoutEndIsNotKept() {
        assertThat(MessageHead.of(bytes("X".repeat(5000) + " sip:b SIP/2.0\r\n\r\n"))
                        .name())
                .isEqualTo("other");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
