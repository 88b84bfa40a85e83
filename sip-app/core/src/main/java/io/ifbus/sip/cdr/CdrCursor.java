// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cdr;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of the records: newest end first, and by falling uuid (as text) among those that ended in the
 * same millisecond. Names a record and not a number of records, so those that arrive later move nothing.
 */
public record CdrCursor(Instant endTime, CallId callId) implements Comparable<CdrCursor> {
    /** Twelve digits of base 36 do not overflow. */
    private static final Pattern FORM = Pattern.compile("(-?[0-9a-z]{1,12})_([0-9a-f-]{36})");

    private static final int BASE = 36;

    public CdrCursor {
        requireNonNull(endTime, "endTime");
        requireNonNull(callId, "callId");
    }

    /** The place of {@code record}. */
    public static CdrCursor of(Cdr record) {
        return new CdrCursor(record.endTime(), record.callId());
    }

    /** Reads what {@link #text} wrote; empty if it is anything else. */
    public static Optional<CdrCursor> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? CallId.parse(form.group(2))
                        .map(call -> new CdrCursor(Instant.ofEpochMilli(Long.parseLong(form.group(1), BASE)), call))
                : Optional.empty();
    }

    /** One word of lower-case letters, digits, {@code -} and {@code _}; what it says is nobody's business. */
    public String text() {
        return Long.toString(endTime.toEpochMilli(), BASE) + "_" + callId.bare();
    }

    /** Below zero if this place comes before {@code other}, that is, if it ended later. */
    @Override
    public int compareTo(CdrCursor other) {
        int byTime = other.endTime.compareTo(endTime);
        return byTime != 0 ? byTime : other.callId.bare().compareTo(callId.bare());
    }
}
