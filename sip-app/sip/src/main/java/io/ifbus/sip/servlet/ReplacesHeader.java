// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A Replaces header (RFC 3891 section 6.1), as its receiver reads it.
 *
 * @param toTag our tag
 * @param fromTag the tag of the phone whose dialog is replaced
 * @param earlyOnly not if that dialog is confirmed
 */
record ReplacesHeader(String callId, String toTag, String fromTag, boolean earlyOnly) {
    static final String NAME = "Replaces";

    /** Empty if it is malformed. */
    static Optional<ReplacesHeader> parse(String value) {
        String[] parts = value.split(";");
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].trim().split("=", 2);
            parameters.put(pair[0].trim().toLowerCase(Locale.ROOT), pair.length > 1 ? pair[1].trim() : "");
        }
        String toTag = parameters.getOrDefault("to-tag", "");
        String fromTag = parameters.getOrDefault("from-tag", "");
        return parts[0].isBlank() || toTag.isEmpty() || fromTag.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ReplacesHeader(parts[0].trim(), toTag, fromTag, parameters.containsKey("early-only")));
    }

    /** The one in the headers part of a Refer-To URI; empty if there is none that can be read. */
    static Optional<ReplacesHeader> inUri(String headers) {
        for (String header : headers.split("&")) {
            String[] pair = header.split("=", 2);
            if (pair.length == 2 && pair[0].equalsIgnoreCase(NAME)) {
                return decode(pair[1]).flatMap(ReplacesHeader::parse);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(String escaped) {
        try {
            return Optional.of(URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Names the dialog of {@code leg} to its phone: what we call our tag is the far one there. */
    static String naming(LegWire leg) {
        return leg.session.getCallId() + ";to-tag=" + leg.remoteTag + ";from-tag=" + leg.localTag;
    }
}
