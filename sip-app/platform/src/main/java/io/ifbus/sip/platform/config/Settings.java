// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
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

    /** Where call detail records are kept. */
    public static final Setting<Path> CDR_DIRECTORY = new Setting<>(
            "ifbus.cdr.directory",
            "${jboss.server.data.dir}/ifbus/cdr",
            "Directory of the call detail records; each node has its own, and it is made if absent.",
            path());

    /** How long call detail records are kept. */
    public static final Setting<Duration> CDR_RETENTION = new Setting<>(
            "ifbus.cdr.retention",
            "P90D",
            "How long after the end of a call its detail record is kept, at most P36500D.",
            positive().andThen(atMost(Duration.ofDays(36_500))));

    /** All of the above. */
    public static final List<Setting<?>> ALL =
            List.of(API_TOKEN_FILE, RING_TIMEOUT, ROUTES, ROUTE_TO, ROUTE_TARGET, CDR_DIRECTORY, CDR_RETENTION);

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

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

    private static Function<Duration, Duration> atMost(Duration longest) {
        return duration -> {
            if (duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException("a duration of " + longest.toDays() + " days at most is needed");
            }
            return duration;
        };
    }

    /** A path in which <code>${name}</code> stands for a system property of the server. */
    private static Function<String, Path> path() {
        return text -> Path.of(PROPERTY.matcher(text).replaceAll(found -> {
            String value = System.getProperty(found.group(1));
            if (value == null) {
                throw new IllegalArgumentException("there is no system property " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        }));
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
