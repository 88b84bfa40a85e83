// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.AddressGlob;
import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every setting of the application, each declared once. The table in docs/configuration.md is compared with {@link #ALL}. */
public final class Settings {

    /** The file whose trimmed content is the bearer token of the REST API. */
    public static final Setting<Optional<Path>> API_TOKEN_FILE = new Setting<>(
            "ifbus.api.token-file",
            "",
            "File whose trimmed content is the bearer token of the REST API.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));

    /** Where this node is; empty if it does not matter. */
    public static final Setting<String> REGION = new Setting<>(
            "ifbus.region",
            "",
            "Region of this node; routes may ask for it.",
            text -> text.isEmpty() ? text : Conditions.region(text));

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
            text -> AddressGlob.of("to", text).text());

    /** Where a route leads. */
    public static final Setting<Target> ROUTE_TARGET = new Setting<>(
            "ifbus.routes.<name>.target",
            "echo",
            "`echo`, `offer` (to a client of the API), or a SIP or tel URI in which `{user}` stands for the dialled user.",
            Target::parse);

    /** What keeps the routes of the API. */
    public static final Setting<Path> ROUTES_FILE = new Setting<>(
            "ifbus.routes.file",
            "${jboss.server.data.dir}/ifbus/routes.json",
            "File that keeps the routes which came by the API; each node has its own.",
            Path::of);

    /** All of the above. */
    public static final List<Setting<?>> ALL =
            List.of(API_TOKEN_FILE, REGION, RING_TIMEOUT, ROUTES, ROUTE_TO, ROUTE_TARGET, ROUTES_FILE);

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

    private static Function<String, List<String>> names() {
        return text -> {
            List<String> names =
                    Stream.of(text.split(",", -1)).map(String::strip).toList();
            if (!names.stream().allMatch(Route::isName)) {
                throw new IllegalArgumentException(
                        "names of at most 63 lower-case letters, digits and '-', separated by commas");
            }
            if (names.stream().distinct().count() != names.size()) {
                throw new IllegalArgumentException("a name stands twice");
            }
            return names;
        };
    }
}
