// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Checks what clients want to see in messages. */
final class Words {
    private static final int LONGEST = 1024;

    /** Without headers behind a question mark: those would come into our messages past the checks of headers here. */
    private static final Pattern SIP_URI =
            Pattern.compile("sips?:(?:[^\\s<>\"@\\p{Cc}]++@)?+" + "[^\\s<>\"@:;?\\p{Cc}]++[^\\s<>\"@?\\p{Cc}]*+");

    private static final Pattern TEL_URI = Pattern.compile("tel:[+0-9*#][-.()0-9A-Fa-f*#]*(;[^\\s<>\"@?\\p{Cc}]*)?");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cc}]*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{2,64}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-fA-F]{128}");
    private static final Set<String> HAZARDS = Set.of("safety", "alignment", "ethics", "bias", "security", "privacy");

    /** Headers that the stack or we write: a client that could would break dialogs, routes or identities. */
    private static final Set<String> OURS = Set.of(
            "accept",
            "accept-encoding",
            "allow",
            "allow-events",
            "authorization",
            "call-id",
            "contact",
            "content-disposition",
            "content-encoding",
            "content-length",
            "content-type",
            "cseq",
            "date",
            "event",
            "expires",
            "from",
            "identity",
            "identity-info",
            "join",
            "max-forwards",
            "mime-version",
            "min-expires",
            "min-se",
            "p-asserted-identity",
            "p-preferred-identity",
            "path",
            "privacy",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-require",
            "rack",
            "reason",
            "record-route",
            "refer-to",
            "referred-by",
            "replaces",
            "request-disposition",
            "require",
            "retry-after",
            "route",
            "rseq",
            "security-client",
            "security-verify",
            "service-route",
            "session-expires",
            "session-id",
            "sip-etag",
            "sip-if-match",
            "subscription-state",
            "supported",
            "target-dialog",
            "to",
            "unsupported",
            "via",
            "warning",
            "www-authenticate");

    private Words() {}

    /** @throws InvalidRequest if it is missing or no SIP URI */
    static String sipUri(String field, String value) {
        return uri(
                field,
                value,
                SIP_URI.matcher(present(field, value)).matches(),
                "a SIP URI such as sip:alice@example.com");
    }

    /** @throws InvalidRequest if it is missing or neither a SIP nor a tel URI */
    static String anyUri(String field, String value) {
        boolean fits = SIP_URI.matcher(present(field, value)).matches()
                || TEL_URI.matcher(value).matches();
        return uri(field, value, fits, "a SIP or tel URI such as sip:alice@example.com or tel:+15551234");
    }

    private static String present(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidRequest(field, "'" + field + "' is missing");
        }
        if (value.length() > LONGEST) {
            throw new InvalidRequest(field, "'" + field + "' must have at most " + LONGEST + " characters");
        }
        return value;
    }

    private static String uri(String field, String value, boolean fits, String what) {
        if (!fits) {
            throw new InvalidRequest(field, "'" + field + "' must be " + what);
        }
        return value;
    }

    /** @throws InvalidRequest if it has more than one line or too many characters */
    static String line(String field, String value) {
        if (value == null || value.length() > LONGEST || !LINE.matcher(value).matches()) {
            throw new InvalidRequest(field, "'" + field + "' must be one line of at most " + LONGEST + " characters");
        }
        return value;
    }

    /** @throws InvalidRequest if one is malformed, or is not a client's to set */
    static Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (checked.put(headerName(name), headerValue(name, line("headers", value))) != null) {
                throw new InvalidRequest("headers", "'" + name + "' stands twice");
            }
        });
        return checked;
    }

    private static String headerName(String name) {
        if (!HEADER.matcher(name).matches()) {
            throw new InvalidRequest(
                    "headers", "a header's name has 2 to 64 letters, digits and '-'; short forms cannot be given");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidRequest("headers", "'" + name + "' cannot be given");
        }
        return name.equalsIgnoreCase("X-IF-Trace-ID") ? "X-IF-Trace-ID" : name;
    }

    private static String headerValue(String name, String value) {
        if (name.equalsIgnoreCase("X-IF-Hazard") && !HAZARDS.contains(value)) {
            throw new InvalidRequest(
                    "headers",
                    "'X-IF-Hazard' must be one of " + HAZARDS.stream().sorted().toList());
        }
        if (name.equalsIgnoreCase("X-IF-Signature") && !SIGNATURE.matcher(value).matches()) {
            throw new InvalidRequest("headers", "'X-IF-Signature' must be 128 hexadecimal digits");
        }
        return value;
    }
}
