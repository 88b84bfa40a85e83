// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every setting of the application, each declared once. The table in docs/configuration.md is compared with {@link #ALL}. */
public final class Settings {

    /** The file whose trimmed content is the bearer token of the REST API. */
    public static final Setting<Optional<Path>> API_TOKEN_FILE = new Setting<>(
            "ifbus.api.token-file",
            "",
            "File whose trimmed content is the bearer token of the REST API.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));

    /** How long a party may ring. */
    public static final Setting<Duration> RING_TIMEOUT = new Setting<>(
            "ifbus.ring-timeout", "PT60S", "How long a party may ring before its call is given up.", positive());

    /** The names of the inbound routes, in the order in which they are tried. */
    public static final Setting<List<String>> ROUTES = new Setting<>(
            "ifbus.routes", "echo", "Names of the inbound routes, in the order in which they are tried.", names());

    /** Which dialled addresses a route takes. */
    public static final Setting<String> ROUTE_TO = new Setting<>(
            "ifbus.routes.<name>.to",
            "<name>@*",
            "Glob over `user@host` of the request URI: which dialled addresses the route takes.",
            Function.identity());

    /** Where a route leads. */
    public static final Setting<Target> ROUTE_TARGET = new Setting<>(
            "ifbus.routes.<name>.target",
            "echo",
            "`echo`, or a SIP URI in which `{user}` stands for the dialled user.",
            Target::parse);

    /** How many events are kept for those who come back. */
    public static final Setting<Integer> EVENTS_KEPT = new Setting<>(
            "ifbus.events.kept",
            "10000",
            "How many of the newest events are kept in memory for clients that come back; 1 to 1000000.",
            wholeNumber(1, 1_000_000));

    /** How often an event stream says that it lives. */
    public static final Setting<Duration> EVENTS_HEARTBEAT = new Setting<>(
            "ifbus.events.heartbeat",
            "PT15S",
            "How often each event stream says that it lives; one that has taken nothing for four of these is cut.",
            positive());

    /** How many event streams there may be. */
    public static final Setting<Integer> EVENTS_STREAMS = new Setting<>(
            "ifbus.events.streams",
            "200",
            "How many event streams may be open at a time; 1 to 10000.",
            wholeNumber(1, 10_000));

    /** All of the above. */
    public static final List<Setting<?>> ALL = List.of(
            API_TOKEN_FILE,
            RING_TIMEOUT,
            ROUTES,
            ROUTE_TO,
            ROUTE_TARGET,
            EVENTS_KEPT,
            EVENTS_HEARTBEAT,
            EVENTS_STREAMS);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private Settings() {}

    private static Function<String, Duration> positive() {
        return text -> {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("a duration above zero is needed");
            }
            return duration;
        };
    }

    private static Function<String, Integer> wholeNumber(int least, int most) {
        return text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new IllegalArgumentException("a whole number from " + least + " to " + most + " is needed");
            }
            return Integer.valueOf(text);
        };
    }

    private static Function<String, List<String>> names() {
        return text -> {
            List<String> names =
                    Stream.of(text.split(",", -1)).map(String::strip).toList();
            if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
                throw new IllegalArgumentException("names of lower-case letters, digits and '-', separated by commas");
            }
            if (names.stream().distinct().count() != names.size()) {
                throw new IllegalArgumentException("a name stands twice");
            }
            return names;
        };
    }
}
