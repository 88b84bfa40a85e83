// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The server's side of an open WebSocket (RFC 6455 section 5): each WebSocket message, in text or binary frames, is one
 * SIP message (RFC 7118 section 4.2); control frames are answered here.
 *
 * <p>An own codec of one file: the JDK has a WebSocket client only, and the servers there are bring their own threads and
 * listeners, where SIP needs this connection's reader and writer in the order of its calls.
 *
 * <p>Reading is for one thread.
 */
public final class WebSocketFrames implements MessageSource {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;
    private static final int TOO_BIG = 1009;

    private static final byte[] CRLF = {'\r', '\n'};

    private final DataInputStream in;
    private final int limit;
    private final Link link;

    private record Frame(boolean last, int opcode, byte[] payload) {
        boolean isControl() {
            return opcode >= CLOSE;
        }
    }

    /** @param limit the largest message in bytes */
    public WebSocketFrames(InputStream in, int limit, Link link) {
        this.in = new DataInputStream(in);
        this.limit = limit;
        this.link = link;
    }

    @Override
    public byte[] next() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
        int opcode = CONTINUATION; // none has begun
        while (true) {
            Frame frame = read(limit - message.size(), opcode == CONTINUATION);
            if (frame == null || frame.opcode == CLOSE) {
                if (frame != null) {
                    answerClose(frame.payload);
                }
                return null;
            }
            if (frame.isControl()) {
                control(frame);
            } else {
                opcode = opcodeAfter(opcode, frame);
                message.write(frame.payload);
            }
            if (!frame.isControl() && frame.last) {
                link.ended();
                byte[] whole = message.toByteArray();
                if (opcode == TEXT && !isText(whole)) {
                    throw refuse(NOT_UTF8, Reject.UNPARSABLE, "a WebSocket text that is not UTF-8");
                }
                if (!isKeepAlive(whole)) {
                    return whole;
                }
                message.reset();
                opcode = CONTINUATION;
            }
        }
    }

    private int opcodeAfter(int opcode, Frame frame) throws IOException {
        if ((frame.opcode == CONTINUATION) == (opcode == CONTINUATION)) { // section 5.4
            throw refuse(PROTOCOL_ERROR, Reject.UNPARSABLE, "WebSocket fragments out of order");
        }
        return frame.opcode == CONTINUATION ? opcode : frame.opcode;
    }

    private void control(Frame frame) throws IOException {
        if (frame.opcode == PING) {
            link.send(frame(PONG, frame.payload)); // section 5.5.3: the same payload
        }
    }

    /** A double CRLF is a keep-alive here as well and has the same answer (RFC 5626 section 4.4.1). */
    private boolean isKeepAlive(byte[] message) throws IOException {
        for (byte b : message) {
            if (b != '\r' && b != '\n') {
                return false;
            }
        }
        if (message.length == 4) {
            link.send(frame(TEXT, CRLF));
        }
        return true;
    }

    /** @param between whether no message has begun, so that a control frame is all there is */
    private Frame read(int room, boolean between) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        link.begun();
        int second = in.readUnsignedByte();
        int opcode = first & 0x0F;
        boolean last = (first & 0x80) != 0;
        if ((first & 0x70) != 0 || opcode > PONG || opcode > BINARY && opcode < CLOSE) {
            throw refuse(PROTOCOL_ERROR, Reject.UNPARSABLE, "an unknown WebSocket frame");
        }
        if ((second & 0x80) == 0) {
            throw refuse(PROTOCOL_ERROR, Reject.UNPARSABLE, "a WebSocket frame without mask"); // section 5.1
        }
        long length = length(second & 0x7F);
        if (opcode >= CLOSE && (length > 125 || !last)) {
            throw refuse(PROTOCOL_ERROR, Reject.UNPARSABLE, "a WebSocket control frame that is too long or in pieces");
        }
        if (opcode < CLOSE && length > room) {
            throw refuse(TOO_BIG, Reject.OVERSIZED, "a SIP message of more than " + limit + " bytes");
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        if (mask.length < 4 || payload.length < length) {
            throw new EOFException("the connection ended inside a WebSocket frame");
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        if (opcode >= CLOSE && between) {
            link.ended();
        }
        return new Frame(last, opcode, payload);
    }

    private long length(int seven) throws IOException {
        return switch (seven) {
            case 126 -> in.readUnsignedShort();
            case 127 -> {
                long length = in.readLong();
                yield length < 0 ? Long.MAX_VALUE : length;
            }
            default -> seven;
        };
    }

    private WireException refuse(int code, Reject kind, String reason) throws IOException {
        link.send(close(code));
        return new WireException(kind, reason);
    }

    private void answerClose(byte[] payload) throws IOException {
        link.send(frame(CLOSE, payload.length >= 2 ? new byte[] {payload[0], payload[1]} : new byte[0]));
    }

    /** The frame that asks for a sign of life. */
    public static byte[] ping() {
        return frame(PING, new byte[0]);
    }

    /** The frame that closes in good order. */
    public static byte[] close() {
        return close(NORMAL);
    }

    private static byte[] close(int code) {
        return frame(CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /** One SIP message as one frame: as text where it is text. */
    public static byte[] frame(byte[] message) {
        return frame(isText(message) ? TEXT : BINARY, message);
    }

    private static byte[] frame(int opcode, byte[] payload) {
        int extra = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
        ByteBuffer frame = ByteBuffer.allocate(2 + extra + payload.length);
        frame.put((byte) (0x80 | opcode));
        switch (extra) {
            case 0 -> frame.put((byte) payload.length);
            case 2 -> frame.put((byte) 126).putShort((short) payload.length);
            default -> frame.put((byte) 127).putLong(payload.length);
        }
        return frame.put(payload).array();
    }

    private static boolean isText(byte[] message) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
