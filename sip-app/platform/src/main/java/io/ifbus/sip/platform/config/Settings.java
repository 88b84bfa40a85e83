// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.AddressGlob;
import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** The Session-Expires that we propose. */
    public static final Setting<Duration> SESSION_EXPIRES = new Setting<>(
            "ifbus.session-expires",
            "PT30M",
            "After how long a call whose phone is silent is given up; refreshed at half of it; PT90S or more.",
            positive());

    /** How long a client may think about a call that was offered. */
    public static final Setting<Duration> OFFER_TIMEOUT = new Setting<>(
            "ifbus.offer.timeout", "PT20S", "How long clients may think about a call that was offered.", positive());

    /** What the caller is told when no client took its call. */
    public static final Setting<Integer> OFFER_STATUS = new Setting<>(
            "ifbus.offer.status",
            "480",
            "SIP status, 400 to 699, that the caller is told when no client took its call.",
            Integer::valueOf);

    /** Who is told who calls. */
    public static final Setting<Set<String>> TRUSTED_HOSTS = new Setting<>(
            "ifbus.trusted-hosts",
            "",
            "Hosts, separated by commas, that are told who calls (P-Asserted-Identity) and believed when they tell it.",
            hosts());

    /** The names of the trunks that want credentials. */
    public static final Setting<List<String>> TRUNKS = new Setting<>(
            "ifbus.trunks",
            "",
            "Names of the trunks that want credentials.",
            text -> text.isEmpty() ? List.of() : names().apply(text));

    /** What a trunk calls the realm of its challenges. */
    public static final Setting<String> TRUNK_REALM = new Setting<>(
            "ifbus.trunks.<name>.realm", "<name>", "Realm that the trunk's challenges name.", Function.identity());

    /** Our user name with a trunk. */
    public static final Setting<String> TRUNK_USER =
            new Setting<>("ifbus.trunks.<name>.user", "<name>", "User name with the trunk.", Function.identity());

    /** The file that holds our password with a trunk. */
    public static final Setting<Optional<Path>> TRUNK_PASSWORD_FILE = new Setting<>(
            "ifbus.trunks.<name>.password-file",
            "",
            "File whose trimmed content is the password with the trunk.",
            text -> text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text)));
    /** Failures in a row that open the guard of a target. */
    public static final Setting<Integer> GUARD_CONSECUTIVE_FAILURES = new Setting<>(
            "ifbus.guard.consecutive-failures",
            "3",
            "Failures in a row that open the guard of a target; 1 to 1000.",
            whole(1, 1000));

    /** The share of failures that opens the guard of a target when it is exceeded. */
    public static final Setting<Double> GUARD_FAILURE_RATIO = new Setting<>(
            "ifbus.guard.failure-ratio",
            "0.2",
            "A larger share of failures in the window opens the guard; 0 or more, below 1.",
            ratio());

    /** Outcomes of which the share of failures is taken. */
    public static final Setting<Integer> GUARD_WINDOW = new Setting<>(
            "ifbus.guard.window",
            "20",
            "Calls of which the share of failures is taken, once there are so many; 1 to 10000.",
            whole(1, 10_000));

    /** How long an open guard lets nothing pass. */
    public static final Setting<Duration> GUARD_COOL_DOWN = new Setting<>(
            "ifbus.guard.cool-down",
            "PT60S",
            "How long an open guard lets no call pass; PT0.001S to P1D.",
            positive(Duration.ofMillis(1), Duration.ofDays(1)));

    /** Probes after the cool-down. */
    public static final Setting<Integer> GUARD_HALF_OPEN_PROBES = new Setting<>(
            "ifbus.guard.half-open-probes",
            "3",
            "Calls that pass as probes after the cool-down; the guard closes when all have succeeded; 1 to 1000.",
            whole(1, 1000));

    /** Whether only a reset closes an open guard. */
    public static final Setting<Boolean> GUARD_MANUAL_RESET_ONLY = new Setting<>(
            "ifbus.guard.manual-reset-only",
            "false",
            "`true`: an open guard stays open until it is reset by the API.",
            yesOrNo());

    /** Calls to one target that may wait for their outcome. */
    public static final Setting<Integer> GUARD_BULKHEAD = new Setting<>(
            "ifbus.guard.bulkhead",
            "500",
            "Calls to one target whose outcome may be open at the same time; 1 to 1000000.",
            whole(1, 1_000_000));

    /** What keeps the routes of the API. */
    public static final Setting<Path> ROUTES_FILE = new Setting<>(
            "ifbus.routes.file",
            "${jboss.server.data.dir}/ifbus/routes.json",
            "File that keeps the routes which came by the API; each node has its own.",
            Path::of);

    /** All of the above. */
    public static final List<Setting<?>> ALL = List.of(
            API_TOKEN_FILE,
            RING_TIMEOUT,
            SESSION_EXPIRES,
            OFFER_TIMEOUT,
            OFFER_STATUS,
            TRUSTED_HOSTS,
            TRUNKS,
            TRUNK_REALM,
            TRUNK_USER,
            TRUNK_PASSWORD_FILE,
            ROUTES,
            ROUTE_TO,
            ROUTE_TARGET,
            GUARD_CONSECUTIVE_FAILURES,
            GUARD_FAILURE_RATIO,
            GUARD_WINDOW,
            GUARD_COOL_DOWN,
            GUARD_HALF_OPEN_PROBES,
            GUARD_MANUAL_RESET_ONLY,
            GUARD_BULKHEAD,
            REGION,
            ROUTES_FILE);

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

    private static Function<String, Set<String>> hosts() {
        return text -> Stream.of(text.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Function<String, Duration> positive(Duration least, Duration most) {
        return positive().andThen(duration -> {
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("a duration from " + least + " to " + most + " is needed");
            }
            return duration;
        });
    }

    private static Function<String, Integer> whole(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("a whole number from " + least + " to " + most + " is needed");
            }
            return number;
        };
    }

    private static Function<String, Double> ratio() {
        return text -> {
            double ratio = Double.parseDouble(text);
            if (!(ratio >= 0 && ratio < 1)) {
                throw new IllegalArgumentException("a ratio of 0 or more and below 1 is needed");
            }
            return ratio;
        };
    }

    private static Function<String, Boolean> yesOrNo() {
        return text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("true or false is needed");
            }
            return Boolean.valueOf(text);
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
