// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.cdr;

import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.rest.call.WholeNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query parameters of a search. Each is refused by its name when it cannot be read. */
final class Parameters {

    static final int USUAL_PAGE = 100;
    static final int LARGEST_PAGE = 1000;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private Parameters() {}

    static CdrFilter filter(String from, String to, String result, String direction, String since, String until) {
        return new CdrFilter(
                uri("from", from),
                uri("to", to),
                word("result", result, EndCause.Result.values(), EndCause.Result::word),
                word("direction", direction, Direction.values(), Direction::word),
                time("since", since),
                time("until", until));
    }

    static int limit(String text) {
        int limit = WholeNumber.parse("limit", text, USUAL_PAGE);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidRequest("limit", "'limit' must be from 1 to " + LARGEST_PAGE);
        }
        return limit;
    }

    static Optional<CdrCursor> cursor(String text) {
        return Optional.ofNullable(text).map(t -> CdrCursor.parse(t)
                .orElseThrow(() -> new InvalidRequest("cursor", "'cursor' must be a 'next_cursor' as it was")));
    }

    private static Optional<String> uri(String parameter, String text) {
        if (text != null && text.isBlank()) {
            throw new InvalidRequest(parameter, "'" + parameter + "' must be a URI");
        }
        return Optional.ofNullable(text);
    }

    private static <T> Optional<T> word(String parameter, String text, T[] values, Function<T, String> spelling) {
        return Optional.ofNullable(text).map(t -> Stream.of(values)
                .filter(value -> spelling.apply(value).equals(t))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        parameter,
                        "'" + parameter + "' must be one of "
                                + Stream.of(values).map(spelling).collect(Collectors.joining(", ")))));
    }

    private static Optional<Instant> time(String parameter, String text) {
        return Optional.ofNullable(text).map(t -> instant(parameter, t));
    }

    private static Instant instant(String parameter, String text) {
        try {
            Instant at = Instant.parse(text);
            if (!at.isBefore(EARLIEST) && !at.isAfter(LATEST)) {
                return at;
            }
        } catch (DateTimeException noTime) {
            // refused below, like one out of bounds
        }
        throw new InvalidRequest(
                parameter, "'" + parameter + "' must be a time like 2026-01-31T12:00:00Z, from 1970 to 9999");
    }
}
