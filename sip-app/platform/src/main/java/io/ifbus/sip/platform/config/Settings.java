// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
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
            ROUTE_TARGET);

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

    private static Function<String, Set<String>> hosts() {
        return text -> Stream.of(text.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
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
