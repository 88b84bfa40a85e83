// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SipFramingTest {
    private final AtomicInteger pongs = new AtomicInteger();

    @Test
    void messagesAreCutByTheirLength() throws IOException {
        SipFraming framing = framing("A sip:x SIP/2.0\r\nl: 3\r\n\r\nabcB sip:y SIP/2.0\r\nContent-Length: 0\r\n\r\n");
        assertThat(next(framing)).endsWith("abc").startsWith("A sip:x");
        assertThat(next(framing)).startsWith("B sip:y");
        assertThat(framing.next()).isNull();
    }

    @Test
    void aPingIsAnswered() throws IOException {
        SipFraming framing = framing("\r\n\r\nA sip:x SIP/2.0\r\nContent-Length: 0\r\n\r\n");
        assertThat(next(framing)).startsWith("A");
        assertThat(pongs).hasValue(1);
    }

    @Test
    void aStreamThatCannotBeCutIsGivenUp() {
        assertThatThrownBy(() -> framing("A sip:x SIP/2.0\r\nVia: v\r\n\r\n").next())
                .hasMessageContaining("without Content-Length");
        assertThatThrownBy(() -> framing("A sip:x SIP/2.0\r\nContent-Length: 9\r\n\r\nabc")
                        .next())
                .hasMessageContaining("ended inside");
        assertThatThrownBy(() -> framing("A sip:x SIP/2.0\r\nContent-Length: 999999999\r\n\r\n")
                        .next())
                .hasMessageContaining("more than 200 bytes");
        assertThatThrownBy(() -> framing("A".repeat(300)).next()).hasMessageContaining("more than 200 bytes");
    }

    @Test
    void onlyALineFeedEndsALine() throws IOException {
        String body = "BYE sip:victim SIP/2.0\r\nl: 0\r\n\r\n";
        SipFraming framing =
                framing("A sip:x SIP/2.0\r\nSubject: \u00c5l:0\r\nl: " + body.length() + "\r\n\r\n" + body);
        assertThat(next(framing)).endsWith(body);
        assertThat(framing.next()).isNull();
    }

    @Test
    void aMessageWithTwoLengthsIsRefusedAndAFoldedOneIsNot() throws IOException {
        assertThatThrownBy(() -> framing("A sip:x SIP/2.0\r\nl: 0\r\nContent-Length: 9\r\n\r\n")
                        .next())
                .hasMessageContaining("two Content-Lengths");
        assertThat(next(framing("A sip:x SIP/2.0\r\nl:\r\n 1\r\n\r\nx"))).endsWith("x");
    }

    private SipFraming framing(String stream) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        return new SipFraming(new ByteArrayInputStream(bytes), 200, new MessageSource.Link() {
            @Override
            public void begun() {
                // nobody measures the time
            }

            @Override
            public void ended() {
                // nobody measures the time
            }

            @Override
            public void send(byte[] bytes) {
                assertThat(bytes).isEqualTo(new byte[] {'\r', '\n'});
                pongs.incrementAndGet();
            }
        });
    }

    private static String next(SipFraming framing) throws IOException {
        return new String(framing.next(), StandardCharsets.UTF_8);
    }
}
