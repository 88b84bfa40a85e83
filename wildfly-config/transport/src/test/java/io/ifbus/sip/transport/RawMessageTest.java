// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawMessageTest {
    @Test
    void aMessageAloneNeedsNoLengthAndIsCutAtTheOneItHas() {
        assertThat(alone("A sip:b SIP/2.0\r\nTo: b\r\n\r\nbody"))
                .isEqualTo("A sip:b SIP/2.0\r\nTo: b\r\nContent-Length: 4\r\n\r\nbody");
        assertThat(alone("A sip:b SIP/2.0\r\nl : 2\r\n\r\nbody")).isEqualTo("A sip:b SIP/2.0\r\nl : 2\r\n\r\nbo");
        for (String same : new String[] {
            "A sip:b SIP/2.0\r\nContent-Length: 9\r\n\r\nbody",
            "A sip:b SIP/2.0\r\nl: -1\r\n\r\nbody",
            "A sip:b SIP/2.0\r\nTo"
        }) {
            assertThat(alone(same)).isEqualTo(same);
        }
    }

    @Test
    void foldedHeadersBecomeOneLineAndTheBodyStays() {
        byte[] folded = bytes("A sip:b SIP/2.0\r\nSubject: a\r\n\tb\n  c\r\nTo: b\r\n\r\nbody\r\n more");
        assertThat(new String(RawMessage.unfolded(folded), StandardCharsets.UTF_8))
                .isEqualTo("A sip:b SIP/2.0\r\nSubject: a b c\r\nTo: b\r\n\r\nbody\r\n more");
        byte[] plain = bytes("A sip:b SIP/2.0\r\nTo: b\r\n\r\nbody\r\n more");
        assertThat(RawMessage.unfolded(plain)).isSameAs(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "R sip:2001:db8::10 SIP/2.0,true",
        "R sip:a@2001:db8::10;x=y SIP/2.0,true",
        "R sip:[2001:db8::10] SIP/2.0,false",
        "R sip:a:b@c:5060 SIP/2.0,false",
        "R sip:a:b:c:d@e SIP/2.0,false",
        "R sip:a@b;x=c:d:e:f SIP/2.0,false"
    })
    void anIpv6AddressWithoutBracketsIsSeen(String line, boolean bare) {
        assertThat(RawMessage.hasBareIpv6(bytes(line + "\r\n\r\n"))).isEqualTo(bare);
    }

    @Test
    void aStartLineOfAnyLengthIsReadOnce() {
        String uri = "R sip:" + "a:".repeat(500_000) + " SIP/2.0\r\n\r\n";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> RawMessage.hasBareIpv6(bytes(uri)));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> RawMessage.hasBareIpv6(bytes(uri.replace('a', ':'))));
    }

    @ParameterizedTest
    @CsvSource({"A sip:b SIP/2.0,false", "A sip:b sip/2.0 ,false", "A sip:b SIP/3.0,true", "SIP/3.0 200 OK,false"})
    void anotherVersionIsSeen(String line, boolean other) {
        assertThat(RawMessage.isOtherVersion(bytes(line + "\r\n\r\n"))).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({
        "To: a|t: b,true",
        "Call-ID: a|i: a,true",
        "Max-Forwards: 70|Max-Forwards: 70,true",
        "l: 1|Content-Length: 2,true",
        "l: 1|Content-Length: 1,false",
        "Via: a|Via: b,false",
        "To: a|Subject: b||To: body,false"
    })
    void aContradictionIsSeen(String headers, boolean contradiction) {
        assertThat(RawMessage.contradictsItself(
                        bytes("A sip:b SIP/2.0\r\n" + headers.replace("|", "\r\n") + "\r\n\r\n")))
                .isEqualTo(contradiction);
    }

    private static String alone(String message) {
        return new String(RawMessage.alone(bytes(message)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
