// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be said of a message before it is parsed: read from its bytes as they came, without a judgement whether they
 * are right. Immutable.
 *
 * @param method of a request, else null
 * @param status of a response, else 0
 * @param callId or null when there is none
 * @param toTag or null when there is none
 * @param via the value of the topmost Via, or null when there is none
 */
public record MessageHead(String method, int status, String callId, String toTag, String via) {
    private static final int LONGEST_METHOD = 20;
    private static final Pattern BRANCH = Pattern.compile(";\\s*branch\\s*=\\s*([^;,\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE_IPV6 = Pattern.compile(
            "^\\S+\\s+sips?:(?:[^\\s@;?]+@)?[0-9a-f]*:[0-9a-f:]*:[0-9a-f:]*[\\s;?]", Pattern.CASE_INSENSITIVE);
    private static final byte[] VERSION = {'S', 'I', 'P', '/'};

    /** Reads {@code message}; null when it does not begin like a SIP message. */
    public static MessageHead of(byte[] message) {
        if (!looksLikeSip(message, message.length)) {
            return null;
        }
        int end = endOfLine(message, 0, message.length);
        boolean response = isVersion(message, 0, end);
        String callId = null;
        String to = null;
        String via = null;
        for (int line = nextLine(message, end); line < message.length; ) {
            end = endOfLine(message, line, message.length);
            if (end == line) {
                break;
            }
            if (callId == null && (is(message, line, end, "call-id") || is(message, line, end, "i"))) {
                callId = value(message, line, end);
            } else if (to == null && (is(message, line, end, "to") || is(message, line, end, "t"))) {
                to = folded(message, line, end);
            } else if (via == null && (is(message, line, end, "via") || is(message, line, end, "v"))) {
                via = folded(message, line, end);
            }
            line = nextLine(message, end);
        }
        return new MessageHead(
                response ? null : method(message),
                response ? status(message) : 0,
                callId == null || callId.isEmpty() ? null : callId,
                to == null ? null : tagOf(to),
                via);
    }

    /** Whether the first line names a SIP version where a request or a response has one. */
    public static boolean looksLikeSip(byte[] message, int length) {
        int end = endOfLine(message, 0, length);
        if (isVersion(message, 0, end)) {
            return true;
        }
        for (int i = 0; i + VERSION.length < end; i++) {
            if (message[i] >= 0 && message[i] < ' ' && message[i] != '\t') {
                return false; // binary
            }
            if ((message[i] == ' ' || message[i] == '\t') && isVersion(message, i + 1, end)) {
                return i > 0;
            }
        }
        return false;
    }

    /** Whether the Request-URI has an IPv6 address without brackets: nobody can tell its port (RFC 5118 section 4.2). */
    public static boolean hasBareIpv6(byte[] request) {
        int end = endOfLine(request, 0, request.length);
        int colons = 0;
        for (int i = 0; i < end; i++) {
            colons += request[i] == ':' ? 1 : 0;
        }
        return colons > 2
                && BARE_IPV6
                        .matcher(new String(request, 0, end, StandardCharsets.UTF_8))
                        .find();
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

    /** How counters call it: a request's method, or a response's class as {@code 2xx}. */
    public String name() {
        return method != null ? method : status / 100 + "xx";
    }

    /** The same for a message of ours, from its first line alone. */
    static String nameOf(byte[] message) {
        int end = endOfLine(message, 0, message.length);
        return isVersion(message, 0, end) ? status(message) / 100 + "xx" : method(message);
    }

    /** Whether it asks for something new: no dialog and no transaction of before is meant. */
    public boolean opensSomething() {
        return method != null
                && toTag == null
                && switch (method) {
                    case "ACK", "BYE", "CANCEL", "PRACK" -> false;
                    default -> true;
                };
    }

    /** The branch of the topmost Via in lower case, or null. */
    public String branch() {
        Matcher branch = BRANCH.matcher(via == null ? "" : via);
        return branch.find() ? branch.group(1).toLowerCase(Locale.ROOT) : null;
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

    private static String method(byte[] message) {
        int end = 0;
        while (end < message.length && end <= LONGEST_METHOD && message[end] > ' ') {
            end++;
        }
        return end > LONGEST_METHOD ? "other" : new String(message, 0, end, StandardCharsets.US_ASCII);
    }

    private static int status(byte[] message) {
        int i = 0;
        while (i < message.length && message[i] > ' ') {
            i++;
        }
        int status = 0;
        for (int digit = 1; digit <= 3 && i + digit < message.length; digit++) {
            byte b = message[i + digit];
            status = status * 10 + (b >= '0' && b <= '9' ? b - '0' : 0);
        }
        return status;
    }

    private static String tagOf(String to) {
        int close = to.indexOf('>'); // what stands inside belongs to the URI
        int tag = to.toLowerCase(Locale.ROOT).indexOf(";tag=", Math.max(close, 0));
        if (tag < 0) {
            return null;
        }
        int end = to.indexOf(';', tag + 1);
        return (end < 0 ? to.substring(tag + 5) : to.substring(tag + 5, end)).trim();
    }

    private static boolean is(byte[] message, int from, int to, String name) {
        int length = name.length();
        if (to - from <= length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((message[from + i] | 0x20) != (name.charAt(i) | 0x20)) { // header names ignore case, section 7.3.1
                return false;
            }
        }
        int colon = from + length;
        while (colon < to && (message[colon] == ' ' || message[colon] == '\t')) { // HCOLON, section 25.1
            colon++;
        }
        return colon < to && message[colon] == ':';
    }

    private static String value(byte[] message, int from, int to) {
        int colon = from;
        while (message[colon] != ':') {
            colon++;
        }
        return new String(message, colon + 1, to - colon - 1, StandardCharsets.UTF_8).trim();
    }

    /** The value with the lines that continue it (section 7.3.1). */
    private static String folded(byte[] message, int from, int to) {
        StringBuilder value = new StringBuilder(value(message, from, to));
        int line = nextLine(message, to);
        while (line < message.length && (message[line] == ' ' || message[line] == '\t')) {
            int end = endOfLine(message, line, message.length);
            value.append(' ').append(new String(message, line, end - line, StandardCharsets.UTF_8).trim());
            line = nextLine(message, end);
        }
        return value.toString();
    }

    private static boolean isVersion(byte[] message, int from, int to) {
        for (int i = 0; i < VERSION.length; i++) {
            if (from + i >= to || (message[from + i] & ~0x20) != (VERSION[i] & ~0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int endOfLine(byte[] message, int from, int length) {
        int i = from;
        while (i < length && message[i] != '\r' && message[i] != '\n') {
            i++;
        }
        return i;
    }

    private static int nextLine(byte[] message, int from) {
        int i = from;
        if (i < message.length && message[i] == '\r') {
            i++;
        }
        if (i < message.length && message[i] == '\n') {
            i++;
        }
        return i;
    }
}
