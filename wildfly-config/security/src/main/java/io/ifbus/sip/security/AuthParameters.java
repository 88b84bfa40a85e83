// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The grammar that challenges and credentials share: a scheme and parameters, values quoted or not. */
final class AuthParameters {
    private final String text;
    private int at;

    private AuthParameters(String text) {
        this.text = text;
    }

    /**
     * Parameters by their names in lower case.
     *
     * @throws IllegalArgumentException if {@code headerValue} is not of the scheme Digest, or malformed
     */
    static Map<String, String> ofDigest(String headerValue) {
        AuthParameters parser = new AuthParameters(headerValue.strip());
        if (!"digest".equals(parser.token().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not of the scheme Digest");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        do {
            parser.space();
            String name = parser.token().toLowerCase(Locale.ROOT);
            parser.space();
            parser.expect('=');
            parser.space();
            if (parameters.put(name, parser.next('"') ? parser.quoted() : parser.token()) != null) {
                throw new IllegalArgumentException("parameter " + name + " comes twice");
            }
            parser.space();
        } while (parser.take(','));
        if (parser.at < parser.text.length()) {
            throw parser.malformed();
        }
        return parameters;
    }

    /** Appends {@code name="value"}, or nothing for null. */
    static void quote(StringBuilder out, String name, String value) {
        if (value != null) {
            begin(out, name).append('"').append(escaped(value)).append('"');
        }
    }

    /** Appends {@code name=value}, or nothing for null. */
    static void plain(StringBuilder out, String name, String value) {
        if (value != null) {
            begin(out, name).append(value);
        }
    }

    private static StringBuilder begin(StringBuilder out, String name) {
        return out.append(out.isEmpty() ? "Digest " : ",").append(name).append('=');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private String token() {
        int from = at;
        while (at < text.length() && " \t\r\n,=\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (from == at) {
            throw malformed();
        }
        return text.substring(from, at);
    }

    private String quoted() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        expect('"');
        return value.toString();
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private boolean next(char wanted) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private boolean take(char wanted) {
        boolean there = next(wanted);
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw malformed();
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("malformed at character " + at);
    }
}
