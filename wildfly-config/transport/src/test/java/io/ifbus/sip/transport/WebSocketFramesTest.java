// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketFramesTest {
    private static final int LIMIT = 70_000;
    private final ByteArrayOutputStream in = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int ends;

    @ParameterizedTest
    @ValueSource(ints = {1, 125, 126, 65_535, 65_536, LIMIT})
    void aMessageOfEachLengthIsUnmaskedWhole(int length) throws IOException {
        frame(0x81, "x".repeat(length));
        assertThat(new String(read(), StandardCharsets.UTF_8)).isEqualTo("x".repeat(length));
        byte[] back = WebSocketFrames.frame("x".repeat(length).getBytes(StandardCharsets.UTF_8));
        assertThat(back.length - length).isEqualTo(length < 126 ? 2 : length < 65_536 ? 4 : 10);
        assertThat(back[0]).isEqualTo((byte) 0x81);
        assertThat(back[1] & 0x80).isZero(); // a server does not mask
    }

    @Test
    void fragmentsAreJoinedAroundAPing() throws IOException {
        frame(0x01, "a");
        frame(0x89, "?");
        frame(0x00, "b");
        frame(0x80, "c");
        assertThat(read()).isEqualTo(new byte[] {'a', 'b', 'c'});
        assertThat(ends).as("a ping does not give a message more time").isEqualTo(1);
        assertThat(out.toByteArray()).isEqualTo(new byte[] {(byte) 0x8A, 1, '?'});
    }

    @Test
    void closeIsAnsweredWithItsCode() throws IOException {
        frame(0x88, "\u0003\u00e8bye".substring(0, 2).replace('\u00e8', 'X'));
        assertThat(read()).isNull();
        assertThat(out.toByteArray()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, 'X'});
    }

    @Test
    void whatIsNotTextIsSentInABinaryFrame() {
        assertThat(WebSocketFrames.frame(new byte[] {(byte) 0xFF})[0]).isEqualTo((byte) 0x82);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0xC1, 0x83, 0x8B, 0x80, 0x09
            }) // RSV, unknown data, unknown control, a middle first, a ping in pieces
    void whatBreaksTheRulesIsRefusedWith1002(int first) throws IOException {
        frame(first, "x");
        assertThatThrownBy(this::read).isInstanceOf(WireException.class);
        assertThat(out.toByteArray()).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xEA});
    }

    @Test
    void aFrameWithoutMaskOrOfTooMuchIsRefused() {
        in.writeBytes(new byte[] {(byte) 0x81, 1, 'x'});
        assertThatThrownBy(this::read).hasMessageContaining("without mask");
        in.reset();
        in.writeBytes(new byte[] {(byte) 0x82, (byte) 0xFF, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0});
        assertThatThrownBy(this::read).hasMessageContaining("more than " + LIMIT + " bytes");
        in.reset();
        in.writeBytes(new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, (byte) 0xFF});
        assertThatThrownBy(this::read).hasMessageContaining("not UTF-8");
    }

    @Test
    void manyFragmentsMakeNoLongerMessageThanOne() throws IOException {
        frame(0x01, "x".repeat(60_000));
        frame(0x00, "x".repeat(20_000));
        assertThatThrownBy(this::read).hasMessageContaining("more than " + LIMIT + " bytes");
    }

    private void frame(int first, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        in.write(first);
        if (bytes.length < 126) {
            in.write(0x80 | bytes.length);
        } else if (bytes.length < 65_536) {
            in.writeBytes(new byte[] {(byte) 0xFE, (byte) (bytes.length >> 8), (byte) bytes.length});
        } else {
            in.writeBytes(new byte[] {(byte) 0xFF, 0, 0, 0, 0, 0, (byte) (bytes.length >> 16)});
            in.writeBytes(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length});
        }
        byte[] mask = {1, 2, 3, 4};
        in.writeBytes(mask);
        for (int i = 0; i < bytes.length; i++) {
            in.write(bytes[i] ^ mask[i & 3]);
        }
    }

    private byte[] read() throws IOException {
        return new WebSocketFrames(new ByteArrayInputStream(in.toByteArray()), LIMIT, new MessageSource.Link() {
                    @Override
                    public void begun() {
                        // nobody measures the time
                    }

                    @Override
                    public void ended() {
                        ends++;
                    }

                    @Override
                    public void send(byte[] bytes) {
                        out.writeBytes(bytes);
                    }
                })
                .next();
    }
}
