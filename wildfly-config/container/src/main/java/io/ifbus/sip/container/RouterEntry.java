// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipRouteModifier;

/**
 * One tuple of the default application router's configuration (JSR 289 appendix C).
 *
 * @param application empty for none, which makes sense with a route only
 * @param subscriber a URI, or {@code DAR:} and the name of the header that has it
 * @param route a SIP URI, or empty
 */
record RouterEntry(
        String application,
        String subscriber,
        SipApplicationRoutingRegion region,
        String route,
        SipRouteModifier modifier) {
    private static final Pattern TUPLE = Pattern.compile("\\G\\s*\\(((?:\\s*\"[^\"]*\"\\s*,?)*)\\)\\s*(,|$)");
    private static final Pattern QUOTED = Pattern.compile("\\G\\s*\"([^\"]*)\"\\s*(,|$)");

    /**
     * The tuples of one method.
     *
     * @throws IllegalArgumentException saying what is wrong, without the name of the method
     */
    static List<RouterEntry> parse(String tuples) {
        List<RouterEntry> entries = new ArrayList<>();
        Matcher tuple = TUPLE.matcher(tuples);
        int end = 0;
        boolean more = true;
        while (more && tuple.find()) {
            entries.add(entry(fields(tuple.group(1))));
            end = tuple.end();
            more = tuple.group(2).equals(",");
        }
        if (more || end < tuples.length()) {
            throw new IllegalArgumentException("expected (\"application\", \"subscriber\", \"region\", \"route\", "
                    + "\"modifier\", \"state\"), ... but found '" + tuples.substring(end) + "'");
        }
        return entries;
    }

    private static List<String> fields(String list) {
        List<String> fields = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(list);
        while (quoted.find()) {
            fields.add(quoted.group(1));
        }
        return fields;
    }

    private static RouterEntry entry(List<String> fields) {
        if (fields.size() != 6) {
            throw new IllegalArgumentException("a tuple has 6 parts, here are " + fields.size() + ": " + fields);
        }
        SipRouteModifier modifier =
                switch (fields.get(4)) {
                    case "ROUTE" -> SipRouteModifier.ROUTE;
                    case "ROUTE_BACK" -> SipRouteModifier.ROUTE_BACK;
                    case "NO_ROUTE" -> SipRouteModifier.NO_ROUTE;
                    default ->
                        throw new IllegalArgumentException(
                                "the modifier is ROUTE, ROUTE_BACK or NO_ROUTE, not '" + fields.get(4) + "'");
                };
        if (modifier != SipRouteModifier.NO_ROUTE && !fields.get(3).matches("<?sips?:.+")) {
            throw new IllegalArgumentException(modifier + " wants a SIP URI as its route, not '" + fields.get(3) + "'");
        }
        if (modifier == SipRouteModifier.NO_ROUTE && fields.get(0).isEmpty()) {
            throw new IllegalArgumentException("NO_ROUTE wants the name of an application");
        }
        return new RouterEntry(fields.get(0), fields.get(1), region(fields.get(2)), fields.get(3), modifier);
    }

    private static SipApplicationRoutingRegion region(String name) {
        return switch (name) {
            case "ORIGINATING" -> SipApplicationRoutingRegion.ORIGINATING_REGION;
            case "TERMINATING" -> SipApplicationRoutingRegion.TERMINATING_REGION;
            case "NEUTRAL" -> SipApplicationRoutingRegion.NEUTRAL_REGION;
            default ->
                throw new IllegalArgumentException(
                        "the region is ORIGINATING, TERMINATING or NEUTRAL, not '" + name + "'");
        };
    }
}
