// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.route;

import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.route.RouteTable;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The header If-Match (RFC 9110 section 13.1.1): which versions of the route table an edit is for. */
final class IfMatch {

    private static final String TAG = "(?:W/)?\"[^\"\\p{Cntrl}]*\"";
    private static final Pattern ONE = Pattern.compile(TAG);
    private static final Pattern LIST = Pattern.compile("\\s*" + TAG + "\\s*(?:,\\s*" + TAG + "\\s*)*");

    private IfMatch() {}

    /**
     * What the edit of one route expects.
     *
     * @param lines of the header; empty if there is none
     * @param name of the route: {@code *} asks for any version in which it exists
     * @throws InvalidRequest if it cannot be read
     */
    static Predicate<RouteTable> route(String name, List<String> lines) {
        return of(lines, table -> table.named(name).isPresent());
    }

    /**
     * What the edit of the whole table expects.
     *
     * @throws InvalidRequest if it cannot be read
     */
    static Predicate<RouteTable> table(List<String> lines) {
        return of(lines, table -> true);
    }

    private static Predicate<RouteTable> of(List<String> lines, Predicate<RouteTable> any) {
        if (lines.isEmpty()) {
            return table -> true;
        }
        String text = String.join(",", lines);
        if (text.strip().equals("*")) {
            return any;
        }
        if (!LIST.matcher(text).matches()) {
            throw new InvalidRequest("If-Match", "'If-Match' must be *, or entity tags in double quotes");
        }
        Set<String> strong = ONE.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(tag -> tag.startsWith("\"")) // compared strongly: weak ones match nothing
                .map(tag -> tag.substring(1, tag.length() - 1))
                .collect(Collectors.toSet());
        return table -> strong.contains(table.version());
    }
}
