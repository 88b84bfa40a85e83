// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketHandshakeTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n", "\r\n\r\n\r\n", "x\r\n\r\n", "GET / HTTP/1.1\r\n:\r\n\r\n"})
    void whatHasNoLinesIsRefusedAsAnythingElse(String head) {
        assertThatThrownBy(() -> WebSocketHandshake.accept(
                        new ByteArrayInputStream(head.getBytes(StandardCharsets.UTF_8)), new MessageSource.Link() {
                            @Override
                            public void begun() {
                                throw new AssertionError("no message");
                            }

                            @Override
                            public void ended() {
                                throw new AssertionError("no message");
                            }

                            @Override
                            public void send(byte[] bytes) throws IOException {
                                out.write(bytes);
                            }
                        }))
                .isInstanceOf(WireException.class);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("HTTP/1.1 400 ");
    }
}
