// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.nio.charset.StandardCharsets;

/** Lines and headers in the bytes of a message, right or wrong. */
final class MessageLines {
    private static final byte[] VERSION = {'S', 'I', 'P', '/'};

    private MessageLines() {}

    static boolean is(byte[] message, int from, int to, String name) {
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

    static String value(byte[] message, int from, int to) {
        int colon = from;
        while (message[colon] != ':') {
            colon++;
        }
        return new String(message, colon + 1, to - colon - 1, StandardCharsets.UTF_8).trim();
    }

    /** The value with the lines that continue it (section 7.3.1). */
    static String folded(byte[] message, int from, int to) {
        StringBuilder value = new StringBuilder(value(message, from, to));
        int line = nextLine(message, to);
        while (line < message.length && (message[line] == ' ' || message[line] == '\t')) {
            int end = endOfLine(message, line, message.length);
            value.append(' ').append(new String(message, line, end - line, StandardCharsets.UTF_8).trim());
            line = nextLine(message, end);
        }
        return value.toString();
    }

    static boolean isVersion(byte[] message, int from, int to) {
        for (int i = 0; i < VERSION.length; i++) {
            if (from + i >= to || (message[from + i] & ~0x20) != (VERSION[i] & ~0x20)) {
                return false;
            }
        }
        return true;
    }

    static int endOfLine(byte[] message, int from, int length) {
        int i = from;
        while (i < length && message[i] != '\r' && message[i] != '\n') {
            i++;
        }
        return i;
    }

    static int nextLine(byte[] message, int from) {
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
