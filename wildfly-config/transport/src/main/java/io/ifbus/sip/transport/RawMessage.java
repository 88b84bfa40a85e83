// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static io.ifbus.sip.transport.MessageLines.endOfLine;
import static io.ifbus.sip.transport.MessageLines.is;
import static io.ifbus.sip.transport.MessageLines.isVersion;
import static io.ifbus.sip.transport.MessageLines.nextLine;
import static io.ifbus.sip.transport.MessageLines.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the parser would not see, or see wrongly, in the bytes of a message: looked at, and set right, before it parses. */
public final class RawMessage {
    /** Headers that stand once (RFC 3261 section 7.3.1), by their long and compact names. */
    private static final List<List<String>> ONCE = List.of(
            List.of("call-id", "i"),
            List.of("to", "t"),
            List.of("from", "f"),
            List.of("cseq"),
            List.of("max-forwards"),
            List.of("refer-to", "r"), // RFC 3515 section 2.4.2
            List.of("replaces")); // RFC 3891 section 3

    private RawMessage() {}

    /** Whether the Request-URI has an IPv6 address without brackets: nobody can tell its port (RFC 5118 section 4.2). */
    public static boolean hasBareIpv6(byte[] request) {
        int end = endOfLine(request, 0, request.length);
        int uri = afterBlanks(request, blankFrom(request, 0, end), end);
        int to = blankFrom(request, uri, end);
        int host = uri + schemeLength(request, uri, to);
        if (host == uri) {
            return false;
        }
        for (int i = host; i < to; i++) {
            if (request[i] == '@') { // elsewhere it is escaped (RFC 3261 section 25.1)
                host = i + 1;
                break;
            }
        }
        if (host < to && request[host] == '[') {
            return false;
        }
        int colons = 0;
        for (int i = host; i < to && request[i] != ';' && request[i] != '?'; i++) {
            colons += request[i] == ':' ? 1 : 0;
        }
        return colons > 1;
    }

    private static int schemeLength(byte[] request, int from, int to) {
        return is(request, from, to, "sip") ? 4 : is(request, from, to, "sips") ? 5 : 0;
    }

    private static int blankFrom(byte[] request, int from, int to) {
        int i = from;
        while (i < to && request[i] != ' ' && request[i] != '\t') {
            i++;
        }
        return i;
    }

    private static int afterBlanks(byte[] request, int from, int to) {
        int i = from;
        while (i < to && (request[i] == ' ' || request[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** Whether a header that stands once stands there more often, or Content-Length with several values. */
    public static boolean contradictsItself(byte[] message) {
        int seen = 0;
        String length = null;
        int line = nextLine(message, endOfLine(message, 0, message.length));
        while (line < message.length) {
            int end = endOfLine(message, line, message.length);
            if (end == line) {
                return false;
            }
            for (int i = 0; i < ONCE.size(); i++) {
                if (isOne(message, line, end, ONCE.get(i))) {
                    if ((seen & 1 << i) != 0) {
                        return true;
                    }
                    seen |= 1 << i;
                }
            }
            if (is(message, line, end, "content-length") || is(message, line, end, "l")) {
                String value = value(message, line, end);
                if (length != null && !length.equals(value)) {
                    return true;
                }
                length = value;
            }
            line = nextLine(message, end);
        }
        return false;
    }

    private static boolean isOne(byte[] message, int from, int to, List<String> names) {
        for (String name : names) {
            if (is(message, from, to, name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a request is of another version of SIP than 2.0: its parser reads any as 2.0 (RFC 3261 section 21.5.7). */
    public static boolean isOtherVersion(byte[] message) {
        int end = endOfLine(message, 0, message.length);
        return !isVersion(message, 0, end)
                && !new String(message, 0, end, StandardCharsets.UTF_8)
                        .trim()
                        .toUpperCase(Locale.ROOT)
                        .endsWith("SIP/2.0");
    }

    /**
     * The message with a Content-Length, which it need not have where each message travels alone: what follows its head is
     * the body then (RFC 7118 section 5.1). What follows a body of a given length is cut off (RFC 3261 section 18.3).
     */
    public static byte[] alone(byte[] message) {
        int line = nextLine(message, endOfLine(message, 0, message.length));
        int length = -1;
        while (line < message.length) {
            int end = endOfLine(message, line, message.length);
            int next = nextLine(message, end);
            if (end == line) {
                int rest = message.length - next;
                return length < 0
                        ? insert(message, line, "Content-Length: " + rest + "\r\n")
                        : length < rest ? Arrays.copyOf(message, next + length) : message;
            }
            if (is(message, line, end, "content-length") || is(message, line, end, "l")) {
                String value = value(message, line, end);
                if (!value.matches("\\d{1,9}")) {
                    return message; // for the parser to refuse
                }
                length = Integer.parseInt(value);
            }
            line = next;
        }
        return message; // no end of the head: not whole
    }

    /** The message with each folded header on one line (RFC 3261 section 7.3.1). */
    public static byte[] unfolded(byte[] message) {
        int end = endOfHead(message);
        ByteArrayOutputStream result = null;
        int copied = 0;
        for (int i = 0; i + 1 < end; i++) {
            if (message[i] == '\n' && (message[i + 1] == ' ' || message[i + 1] == '\t')) {
                if (result == null) {
                    result = new ByteArrayOutputStream(message.length);
                }
                result.write(message, copied, (i > 0 && message[i - 1] == '\r' ? i - 1 : i) - copied);
                result.write(' ');
                copied = i + 1;
                while (copied < end && (message[copied] == ' ' || message[copied] == '\t')) {
                    copied++;
                }
                i = copied - 1;
            }
        }
        if (result == null) {
            return message;
        }
        result.write(message, copied, message.length - copied);
        return result.toByteArray();
    }

    /** Where the line feed stands that ends the head, or the length of a message without one. */
    private static int endOfHead(byte[] message) {
        for (int line = nextLine(message, endOfLine(message, 0, message.length)); line < message.length; ) {
            int end = endOfLine(message, line, message.length);
            if (end == line) {
                return line;
            }
            line = nextLine(message, end);
        }
        return message.length;
    }

    private static byte[] insert(byte[] message, int at, String header) {
        byte[] more = header.getBytes(StandardCharsets.US_ASCII);
        byte[] result = new byte[message.length + more.length];
        System.arraycopy(message, 0, result, 0, at);
        System.arraycopy(more, 0, result, at, more.length);
        System.arraycopy(message, at, result, at + more.length, message.length - at);
        return result;
    }
}
