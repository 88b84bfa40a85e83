// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The dialog that a new call takes the place of (RFC 3891), named as its recipient knows it.
 *
 * @param toTag the tag of the party that receives the Replaces header
 * @param fromTag the tag of the other party
 * @param earlyOnly whether an answered call is not to be replaced
 */
public record Replaced(String callId, String toTag, String fromTag, boolean earlyOnly) {

    public Replaced {
        requireNonNull(callId, "callId");
        requireNonNull(toTag, "toTag");
        requireNonNull(fromTag, "fromTag");
    }

    /** @throws IllegalArgumentException if a tag is missing */
    public static Replaced parse(String value) {
        String[] parts = value.split(";");
        String to = null;
        String from = null;
        boolean early = false;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].trim();
            if (part.startsWith("to-tag=")) to = part.substring(7);
            else if (part.startsWith("from-tag=")) from = part.substring(9);
            else if (part.equals("early-only")) early = true;
        }
        if (to == null || from == null) throw new IllegalArgumentException("no Replaces header: " + value);
        return new Replaced(parts[0].trim(), to, from, early);
    }

    public Replaced onlyEarly() {
        return new Replaced(callId, toTag, fromTag, true);
    }

    /** As it stands in the Replaces header. */
    @Override
    public String toString() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }

    /** As it stands in a URI's headers: {@code sip:carol@host?Replaces=...} (RFC 3891 section 6.1). */
    public String inUri() {
        return URLEncoder.encode(toString(), StandardCharsets.UTF_8);
    }
}
