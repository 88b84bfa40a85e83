// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Escapes of URIs: {@code %} and two hexadecimal digits for each octet of UTF-8 (RFC 3261 section 19.1.2). */
public final class RFC2396UrlDecoder {
    private static final String UNRESERVED = "-_.!~*'()";

    /** What a user part may hold without escapes, beside letters and digits (RFC 3261 section 25.1). */
    static final String USER = UNRESERVED + "&=+$,;?/";

    /** The same for a password. */
    static final String PASSWORD = UNRESERVED + "&=+$,";

    /** The same for a parameter's name or value. */
    static final String PARAMETER = UNRESERVED + "[]/:&+$";

    /** The same for a header's value. */
    static final String HEADER = UNRESERVED + "[]/?:+$";

    private RFC2396UrlDecoder() {}

    /** Text as a parameter's value. */
    public static String encode(String text) {
        return encode(text, PARAMETER);
    }

    /** @param plain what needs no escape, beside letters and digits */
    static String encode(String text, String plain) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte octet : text.getBytes(UTF_8)) {
            if (isAlphanumeric(octet) || plain.indexOf(octet) >= 0) {
                escaped.append((char) octet);
            } else {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return escaped.toString();
    }

    private static boolean isAlphanumeric(byte octet) {
        return octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z' || octet >= '0' && octet <= '9';
    }

    /** The text meant; a {@code %} that begins no escape stands for itself. Null stays null. */
    public static String decode(String text) {
        if (text == null || text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            if (isEscape(text, at)) {
                octets.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
                at += 3;
            } else {
                plain.append(octets.toString(UTF_8)).append(text.charAt(at));
                octets.reset();
                at++;
            }
        }
        return plain.append(octets.toString(UTF_8)).toString();
    }

    private static boolean isEscape(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }
}
