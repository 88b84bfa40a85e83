// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a byte stream into SIP messages by Content-Length (RFC 3261 section 18.3) and answers keep-alives.
 *
 * <p>For one thread.
 */
public final class SipFraming {
    /** Content-Length or its compact form {@code l}, at the start of a line (RFC 3261 sections 7.3.3 and 20.14). */
    private static final Pattern CONTENT_LENGTH = Pattern.compile(
            "^(?:content-length|l)[ \\t]*:\\s*(\\d{1,9})[ \\t]*\\r?$",
            // only a line feed ends a line: among the bytes of a text there are others that elsewhere do
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE | Pattern.UNIX_LINES);

    /** Sends the answer to a keep-alive. */
    @FunctionalInterface
    public interface Pong {
        void send() throws IOException;
    }

    private final InputStream in;
    private final int limit;
    private final Pong pong;
    private boolean inside;

    /** @param limit the largest message in bytes */
    public SipFraming(InputStream in, int limit, Pong pong) {
        this.in = in;
        this.limit = limit;
        this.pong = pong;
    }

    /**
     * The next whole message, or null at the orderly end of the stream.
     *
     * @throws IOException if the stream breaks, ends inside a message, or holds a message that is too long or has no
     *     Content-Length; what follows can then not be told apart, so the connection is of no more use
     */
    public byte[] next() throws IOException {
        inside = false;
        int first = firstByte();
        if (first < 0) {
            return null;
        }
        inside = true;
        ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
        message.write(first);
        readHead(message);
        int body = contentLength(message);
        if (message.size() + (long) body > limit) {
            throw new IOException("a SIP message of more than " + limit + " bytes");
        }
        byte[] content = in.readNBytes(body);
        if (content.length < body) {
            throw new EOFException("the connection ended inside a SIP message");
        }
        message.write(content);
        return message.toByteArray();
    }

    /** Whether the last {@link #next} failed when a message had begun. */
    public boolean isInsideMessage() {
        return inside;
    }

    /** Skips CRLFs before the start line; each pair of them is a ping (RFC 5626 section 4.4.1). */
    private int firstByte() throws IOException {
        int feeds = 0;
        int b = in.read();
        while (b == '\r' || b == '\n') {
            if (b == '\n' && ++feeds % 2 == 0) {
                pong.send();
            }
            b = in.read();
        }
        return b;
    }

    private void readHead(ByteArrayOutputStream message) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("the connection ended inside a SIP message");
            }
            message.write(b);
            if (b == '\n') {
                newlines++;
            } else if (b != '\r') {
                newlines = 0;
            }
            if (message.size() > limit) {
                throw new IOException("a SIP message of more than " + limit + " bytes");
            }
        }
    }

    private static int contentLength(ByteArrayOutputStream head) throws IOException {
        Matcher matcher = CONTENT_LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IOException("a SIP message without Content-Length on a stream");
        }
        int length = Integer.parseInt(matcher.group(1));
        while (matcher.find()) {
            if (Integer.parseInt(matcher.group(1)) != length) {
                throw new IOException("a SIP message with two Content-Lengths on a stream");
            }
        }
        return length;
    }
}
