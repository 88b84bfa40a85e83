// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import io.ifbus.sip.transport.WireCounters.Reject;
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
public final class SipFraming implements MessageSource {
    /** Content-Length or its compact form {@code l}, at the start of a line (RFC 3261 sections 7.3.3 and 20.14). */
    private static final Pattern CONTENT_LENGTH = Pattern.compile(
            "^(?:content-length|l)[ \\t]*:\\s*(\\d{1,9})[ \\t]*\\r?$",
            // only a line feed ends a line: among the bytes of a text there are others that elsewhere do
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE | Pattern.UNIX_LINES);

    private static final byte[] PONG = {'\r', '\n'};

    private final InputStream in;
    private final int limit;
    private final Link link;

    /** @param limit the largest message in bytes */
    public SipFraming(InputStream in, int limit, Link link) {
        this.in = in;
        this.limit = limit;
        this.link = link;
    }

    @Override
    public byte[] next() throws IOException {
        int first = firstByte();
        if (first < 0) {
            return null;
        }
        link.begun();
        ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
        message.write(first);
        readHead(message);
        int body = contentLength(message);
        if (message.size() + (long) body > limit) {
            throw tooLong();
        }
        byte[] content = in.readNBytes(body);
        if (content.length < body) {
            throw new EOFException("the connection ended inside a SIP message");
        }
        message.write(content);
        link.ended();
        return message.toByteArray();
    }

    private WireException tooLong() {
        return new WireException(Reject.OVERSIZED, "a SIP message of more than " + limit + " bytes");
    }

    /** Skips CRLFs before the start line; each pair of them is a ping (RFC 5626 section 4.4.1). */
    private int firstByte() throws IOException {
        int feeds = 0;
        int b = in.read();
        while (b == '\r' || b == '\n') {
            if (b == '\n' && ++feeds % 2 == 0) {
                link.send(PONG);
            }
            b = in.read();
        }
        return b;
    }

    private void readHead(ByteArrayOutputStream message) throws IOException {
        int newlines = 0;
        boolean startLine = true;
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
                throw tooLong();
            }
            if (startLine && b == '\n') {
                startLine = false;
                if (!MessageHead.looksLikeSip(message.toByteArray(), message.size())) {
                    throw new WireException(Reject.UNPARSABLE, "not SIP");
                }
            }
        }
    }

    private static int contentLength(ByteArrayOutputStream head) throws IOException {
        Matcher matcher = CONTENT_LENGTH.matcher(head.toString(StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw uncut("a SIP message without Content-Length on a stream", head);
        }
        int length = Integer.parseInt(matcher.group(1));
        while (matcher.find()) {
            if (Integer.parseInt(matcher.group(1)) != length) {
                throw uncut("a SIP message with two Content-Lengths on a stream", head);
            }
        }
        return length;
    }

    private static WireException uncut(String reason, ByteArrayOutputStream head) {
        return new WireException(Reject.UNPARSABLE, reason, head.toByteArray());
    }
}
