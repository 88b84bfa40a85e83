// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainAnswerTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.1", 5070);
    private static final String HEADERS =
            "v: SIP/2.0/UDP a;branch=z\r\nVia: SIP/2.0/UDP b\r\nf: <sip:a>;tag=1\r\nTo:\r\n <sip:b>\r\nI: x\r\nCSeq: 1 BYE\r\n";

    @Test
    void whatAResponseRepeatsIsRepeated() {
        assertThat(answer("BYE sip:\u0000 SIP/2.0\r\n" + HEADERS + "Subject: s\r\n\r\nVia: body"))
                .startsWith(
                        "SIP/2.0 400 Bad Request\r\nVia: SIP/2.0/UDP a;branch=z;received=192.0.2.1\r\nVia: SIP/2.0/UDP b\r\n"
                                + "From: <sip:a>;tag=1\r\nTo: <sip:b>;tag=")
                .endsWith("Call-ID: x\r\nCSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n")
                .doesNotContain("Subject")
                .doesNotContain("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACK sip:b SIP/2.0", "SIP/2.0 200 OK", "nonsense", ""})
    void otherThingsAreNotAnswered(String start) {
        assertThat(PlainAnswer.badRequest(bytes(start + "\r\n" + HEADERS + "\r\n"), SOURCE))
                .isNull();
    }

    @Test
    void nobodyIsAnsweredWhoCannotMatchTheAnswer() {
        assertThat(PlainAnswer.badRequest(bytes("BYE sip:b SIP/2.0\r\nVia: v\r\nCall-ID: x\r\n\r\n"), SOURCE))
                .isNull();
    }

    private static String answer(String request) {
        return new String(PlainAnswer.badRequest(bytes(request), SOURCE), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
