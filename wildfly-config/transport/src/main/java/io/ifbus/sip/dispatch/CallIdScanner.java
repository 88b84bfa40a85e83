// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.dispatch;

import java.nio.charset.StandardCharsets;

/** Finds the Call-ID in the bytes of a SIP message without parsing the rest of it. */
public final class CallIdScanner {
    private static final byte[] LONG_NAME = "call-id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COMPACT_NAME = "i".getBytes(StandardCharsets.US_ASCII); // RFC 3261 section 7.3.3

    private CallIdScanner() {}

    /** The Call-ID's value without white space around it, or null when the header is not there or empty. */
    public static String find(byte[] message) {
        int line = nextLine(message, 0); // the start line holds no header
        while (line < message.length && message[line] != '\r' && message[line] != '\n') {
            int end = endOfLine(message, line);
            int value = valueOf(message, line, end, LONG_NAME);
            if (value < 0) {
                value = valueOf(message, line, end, COMPACT_NAME);
            }
            if (value >= 0) {
                String found = new String(message, value, end - value, StandardCharsets.UTF_8).trim();
                return found.isEmpty() ? null : found;
            }
            line = nextLine(message, end);
        }
        return null;
    }

    /** Where the value begins if the line is the header called {@code name}, else -1. */
    private static int valueOf(byte[] message, int from, int to, byte[] name) {
        if (to - from <= name.length) {
            return -1;
        }
        for (int i = 0; i < name.length; i++) {
            if (Character.toLowerCase(message[from + i]) != name[i]) { // header names ignore case, section 7.3.1
                return -1;
            }
        }
        int colon = from + name.length;
        while (colon < to && (message[colon] == ' ' || message[colon] == '\t')) { // HCOLON, section 25.1
            colon++;
        }
        return colon < to && message[colon] == ':' ? colon + 1 : -1;
    }

    private static int endOfLine(byte[] message, int from) {
        int i = from;
        while (i < message.length && message[i] != '\r' && message[i] != '\n') {
            i++;
        }
        return i;
    }

    private static int nextLine(byte[] message, int from) {
        int i = endOfLine(message, from);
        if (i < message.length && message[i] == '\r') {
            i++;
        }
        if (i < message.length && message[i] == '\n') {
            i++;
        }
        return i;
    }
}
