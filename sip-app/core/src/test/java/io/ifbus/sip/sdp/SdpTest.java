// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SdpTest {
    private static final String HEAD =
            "v=0\r\no=alice 1 7 IN IP4 192.0.2.1\r\ns=call\r\nc=IN IP4 192.0.2.1\r\nt=3 4\r\n";

    private static Sdp sdp(String media) {
        return Sdp.parse(HEAD + media).orElseThrow();
    }

    @Test
    void what_is_read_is_written_byte_for_byte() {
        String text = HEAD + "m=audio 4000 RTP/AVP 0\r\na=x-unknown:1 2\r\nm=video 0 RTP/AVP 31\r\n";
        assertThat(Sdp.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "v=0",
                "v=0\no=x 1\n",
                "v=0\no=a b c IN IP4 1.2.3.4\n",
                "v=0\no=a 1 1 IN IP4 h\nm=audio\n"
            })
    void what_is_no_description_is_refused(String text) {
        assertThat(Sdp.parse(text)).isEmpty();
    }

    @Test
    void the_same_again_keeps_the_version_and_something_else_adds_one() {
        Sdp first = sdp("m=audio 1000 RTP/AVP 0\r\n");
        Sdp other = Sdp.parse("v=0\no=bob 9 400 IN IP4 192.0.2.2\ns=call\nc=IN IP4 192.0.2.1\nt=3 4\n"
                        + "m=audio 1000 RTP/AVP 0\n")
                .orElseThrow();
        assertThat(other.following(Optional.empty())).isEqualTo(other);
        assertThat(other.following(Optional.of(first))).isEqualTo(first);
        assertThat(sdp("m=audio 1002 RTP/AVP 0\r\n")
                        .following(Optional.of(first))
                        .text())
                .contains("o=alice 1 8 IN IP4 192.0.2.1", "m=audio 1002");
    }

    @Test
    void a_stream_never_goes() {
        Sdp before = sdp("m=audio 1000 RTP/AVP 0\r\nm=video 1002 RTP/AVP 31\r\na=sendonly\r\n");
        Sdp offer = sdp("m=audio 2000 RTP/AVP 8\r\n").keepingStreamsOf(Optional.of(before));
        assertThat(offer.text()).endsWith("m=audio 2000 RTP/AVP 8\r\nm=video 0 RTP/AVP 31\r\n");
    }

    @Test
    void an_answer_has_the_streams_of_the_offer_and_no_more() {
        Sdp answer = sdp("m=audio 1000 RTP/AVP 0\r\nm=video 1002 RTP/AVP 31\r\n");
        assertThat(answer.answering(sdp("m=audio 5 RTP/AVP 0\r\n")).media()).hasSize(1);
    }

    @Test
    void refusal_says_port_0_to_each_stream_and_keeps_the_times() {
        assertThat(sdp("m=audio 1000 RTP/AVP 0\r\nm=video 1002/2 RTP/SAVP 31\r\n")
                        .refusal()
                        .text())
                .contains("t=3 4", "m=audio 0 RTP/AVP 0\r\n", "m=video 0 RTP/SAVP 31\r\n");
    }

    @ParameterizedTest
    @CsvSource({"sendrecv,sendrecv", "sendonly,recvonly", "recvonly,sendonly", "inactive,inactive"})
    void echo_mirrors_the_direction(String offered, String answered) {
        assertThat(sdp("m=audio 1000 RTP/AVP 0\r\na=" + offered + "\r\n")
                        .echoAnswer()
                        .orElseThrow()
                        .text())
                .contains("m=audio 1000 RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\n")
                .endsWith("a=" + answered + "\r\n");
    }

    @Test
    void echo_reads_the_direction_of_the_session_too() {
        Sdp offer = Sdp.parse(HEAD + "a=sendonly\r\nm=audio 1000 RTP/AVP 0\r\n").orElseThrow();
        assertThat(offer.echoAnswer().orElseThrow().text()).endsWith("a=recvonly\r\n");
    }

    @Test
    void echo_keeps_formats_and_leaves_keys_and_candidates() {
        String answer = sdp("m=audio 1000 RTP/AVP 111 101\r\nc=IN IP6 2001:db8::1\r\na=rtpmap:111 opus/48000/2\r\n"
                        + "a=fmtp:111 useinbandfec=1\r\n"
                        + "a=candidate:1 1 UDP 1 192.0.2.1 1000 typ host\r\na=ssrc:1 cname:x\r\n")
                .echoAnswer()
                .orElseThrow()
                .text();
        assertThat(answer).contains("c=IN IP6 2001:db8::1", "a=rtpmap:111 opus/48000/2", "a=fmtp:111 useinbandfec=1");
        assertThat(answer).doesNotContain("candidate", "ssrc");
    }

    @Test
    void what_cannot_be_echoed_is_refused() {
        assertThat(sdp("m=audio 1000 RTP/SAVP 0\r\n").echoAnswer()).isEmpty();
        assertThat(sdp("m=audio 0 RTP/AVP 0\r\n").echoAnswer()).isEmpty();
        assertThat(sdp("").echoAnswer()).isEmpty();
        assertThat(sdp("m=audio 1000 RTP/AVP 0\r\nm=application 9 UDP/DTLS/SCTP webrtc\r\n")
                        .echoAnswer()
                        .orElseThrow()
                        .text())
                .contains("m=audio 1000 ", "m=application 0 ");
    }
}
