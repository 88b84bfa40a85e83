// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static io.ifbus.sip.transport.MessageLines.endOfLine;
import static io.ifbus.sip.transport.MessageLines.folded;
import static io.ifbus.sip.transport.MessageLines.is;
import static io.ifbus.sip.transport.MessageLines.isVersion;
import static io.ifbus.sip.transport.MessageLines.nextLine;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be said of a message before it is parsed: read from its bytes as they came, without a judgement whether they
 * are right. Immutable.
 *
 * @param method of a request, else null
 * @param status of a response, else 0
 * @param callId or null when there is none, or one with white space, which no Call-ID has (RFC 3261 section 25.1)
 * @param toTag or null when there is none
 * @param via the value of the topmost Via, or null when there is none
 */
public record MessageHead(String method, int status, String callId, String toTag, String via) {
    private static final int LONGEST_METHOD = 20;
    private static final Pattern BRANCH = Pattern.compile(";\\s*branch\\s*=\\s*([^;,\\s]+)", Pattern.CASE_INSENSITIVE);

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
                callId = folded(message, line, end).trim();
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
                callId == null || callId.isEmpty() || hasBlank(callId) ? null : callId,
                to == null ? null : tagOf(to),
                via);
    }

    /** Whether the first line names a SIP version where a request or a response has one. */
    public static boolean looksLikeSip(byte[] message, int length) {
        int end = endOfLine(message, 0, length);
        if (isVersion(message, 0, end)) {
            return true;
        }
        for (int i = 0; i + 1 < end; i++) {
            if (message[i] >= 0 && message[i] < ' ' && message[i] != '\t') {
                return false; // binary
            }
            if ((message[i] == ' ' || message[i] == '\t') && isVersion(message, i + 1, end)) {
                return i > 0;
            }
        }
        return false;
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

    private static boolean hasBlank(String callId) {
        return callId.chars().anyMatch(c -> c <= ' ');
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
}
