// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdScannerTest {
    @ParameterizedTest
    @ValueSource(strings = {"Call-ID: x@y", "call-id:x@y", "CALL-ID  \t: x@y ", "i: x@y", "I :x@y"})
    void everySpellingIsFound(String header) {
        assertThat(find("BYE sip:a SIP/2.0\r\nVia: v\r\n" + header + "\r\nCSeq: 1 BYE\r\n\r\n"))
                .isEqualTo("x@y");
    }

    @Test
    void linesMayEndInABareLineFeed() {
        assertThat(find("SIP/2.0 200 OK\nVia: v\nCall-ID: x\n\n")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OPTIONS sip:a SIP/2.0\r\n",
                "OPTIONS sip:a SIP/2.0\r\nVia: v\r\n\r\nCall-ID: in the body\r\n",
                "OPTIONS sip:a SIP/2.0\r\nCall-ID:  \r\n\r\n",
                "OPTIONS sip:a SIP/2.0\r\nCall-Identity: x\r\n\r\n"
            })
    void whatIsNotThereIsNotFound(String message) {
        assertThat(find(message)).isNull();
    }

    private static String find(String message) {
        return CallIdScanner.find(message.getBytes(StandardCharsets.UTF_8));
    }
}
