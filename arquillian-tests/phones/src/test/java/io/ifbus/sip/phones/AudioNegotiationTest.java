// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioNegotiationTest {

    private final Port port = new Port();
    private final AudioNegotiation negotiation = new AudioNegotiation("127.0.0.1", 7, port);

    private static final class Port implements MediaPort {
        private InetSocketAddress target;

        @Override
        public int localPort() {
            return 4000;
        }

        @Override
        public void sendTo(InetSocketAddress remote) {
            target = remote;
        }

        @Override
        public void mute() {
            target = null;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({
        "sendrecv, false, sendrecv, true",
        "sendonly, false, recvonly, false",
        "recvonly, false, sendonly, true",
        "inactive, false, inactive, false",
        "sendrecv, true, sendonly, true",
        "sendonly, true, inactive, false",
    })
    void answersTheMirroredDirection(String offered, boolean held, String answered, boolean sends) {
        negotiation.wants(held ? Direction.SENDONLY : Direction.SENDRECV);
        String answer = negotiation
                .answer(sdp(1, "m=audio 5000 RTP/AVP 8 0", "a=" + offered))
                .orElseThrow();
        assertThat(answer).contains("m=audio 4000 RTP/AVP 0\r\n", "a=" + answered + "\r\n");
        assertThat(port.target != null).isEqualTo(sends);
        if (sends) assertThat(port.target).isEqualTo(new InetSocketAddress("127.0.0.9", 5000));
    }

    @Test
    void keepsEachMediaLineAndRejectsWhatItCannotDo() {
        String answer = negotiation
                .answer(sdp(1, "m=video 5002 RTP/AVP 96", "m=audio 5000 RTP/AVP 0"))
                .orElseThrow();
        assertThat(answer.lines().filter(line -> line.startsWith("m=")))
                .containsExactly("m=video 0 RTP/AVP 96", "m=audio 4000 RTP/AVP 0");
        assertThat(negotiation.offer().lines().filter(line -> line.startsWith("m=")))
                .containsExactly("m=video 0 RTP/AVP 96", "m=audio 4000 RTP/AVP 0");
    }

    @Test
    void answersAnOfferWithoutMediaWithoutMedia() {
        assertThat(negotiation.answer(sdp(1)).orElseThrow()).doesNotContain("m=");
        assertThat(negotiation.answer(sdp(2, "m=audio 5000 RTP/AVP 0")).orElseThrow())
                .contains("m=audio 4000");
    }

    @Test
    void sendsNothingToABlackHole() {
        negotiation.answer(sdp(1, "m=audio 5000 RTP/AVP 0", "c=IN IP4 0.0.0.0"));
        assertThat(port.target).isNull();
        negotiation.answer(sdp(2, "m=audio 5000 RTP/AVP 0"));
        assertThat(port.target).isNotNull();
    }

    @Test
    void theVersionGrowsWithEachChangeAndOnlyThen() {
        assertThat(version(negotiation.offer())).isEqualTo(1);
        assertThat(version(negotiation.offer())).isEqualTo(1);
        negotiation.wants(Direction.SENDONLY);
        assertThat(version(negotiation.offer())).isEqualTo(2);
        negotiation.wants(Direction.SENDRECV);
        assertThat(version(negotiation.offer())).isEqualTo(3);
    }

    @Test
    void knowsNoOtherCodec() {
        assertThat(negotiation.answer(sdp(1, "m=audio 5000 RTP/AVP 111"))).isEmpty();
        assertThatThrownBy(() -> negotiation.answer("o=short")).isInstanceOf(IllegalArgumentException.class);
    }

    private static long version(String sdp) {
        return Sdp.parse(sdp).version();
    }

    private static String sdp(long version, String... lines) {
        return "v=0\r\no=- 1 " + version + " IN IP4 127.0.0.9\r\ns=-\r\nc=IN IP4 127.0.0.9\r\nt=0 0\r\n"
                + String.join("\r\n", lines) + "\r\n";
    }
}
