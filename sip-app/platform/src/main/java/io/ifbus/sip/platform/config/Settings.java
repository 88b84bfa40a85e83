// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.AddressGlob;
import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
            "ifbus.ring-timeout",
            "PT60S",
            "How long a party may ring before its call is given up.",
            Readers.positive());

    /** The names of the inbound routes, in the order in which they are tried. */
    public static final Setting<List<String>> ROUTES = new Setting<>(
            "ifbus.routes",
            "echo",
            "Names of the inbound routes, in the order in which they are tried.",
            Readers.names());

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
            "After how long a call whose phone is silent is given up; refreshed at half of it; PT90S to P1D.",
            Readers.positive(Duration.ofSeconds(90), Duration.ofDays(1)));

    /** How many events are kept for those who come back. */
    public static final Setting<Integer> EVENTS_KEPT = new Setting<>(
            "ifbus.events.kept",
            "10000",
            "How many of the newest events are kept in memory for clients that come back; 1 to 1000000.",
            Readers.whole(1, 1_000_000));

    /** How often an event stream says that it lives. */
    public static final Setting<Duration> EVENTS_HEARTBEAT = new Setting<>(
            "ifbus.events.heartbeat",
            "PT15S",
            "How often each event stream says that it lives; one that has taken nothing for four of these is cut.",
            Readers.positive());

    /** How many event streams there may be. */
    public static final Setting<Integer> EVENTS_STREAMS = new Setting<>(
            "ifbus.events.streams",
            "200",
            "How many event streams may be open at a time; 1 to 10000.",
            Readers.whole(1, 10_000));

    /** How long a client may think about a call that was offered. */
    public static final Setting<Duration> OFFER_TIMEOUT = new Setting<>(
            "ifbus.offer.timeout",
            "PT20S",
            "How long clients may think about a call that was offered.",
            Readers.positive());

    /** What the caller is told when no client took its call. */
    public static final Setting<Integer> OFFER_STATUS = new Setting<>(
            "ifbus.offer.status",
            "480",
            "SIP status, 400 to 699, that the caller is told when no client took its call.",
            Readers.whole(400, 699));

    /** Who is told who calls. */
    public static final Setting<Set<String>> TRUSTED_HOSTS = new Setting<>(
            "ifbus.trusted-hosts",
            "",
            "Hosts, separated by commas, that are told who calls (P-Asserted-Identity) and believed when they tell it.",
            Readers.hosts());

    /** The names of the trunks that want credentials. */
    public static final Setting<List<String>> TRUNKS = new Setting<>(
            "ifbus.trunks",
            "",
            "Names of the trunks that want credentials.",
            text -> text.isEmpty() ? List.of() : Readers.names().apply(text));

    /** What a trunk calls the realm of its challenges. */
    public static final Setting<String> TRUNK_REALM = new Setting<>(
            "ifbus.trunks.<name>.realm", "<name>", "Realm that the trunk's challenges name.", Function.identity());

    /** Whom a trunk's credentials are for. */
    public static final Setting<String> TRUNK_HOST = new Setting<>(
            "ifbus.trunks.<name>.host",
            "",
            "Host of the trunk as calls name it, without a port: the only one that its credentials answer.",
            Readers.host());

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
            Readers.whole(1, 1000));

    /** The share of failures that opens the guard of a target when it is exceeded. */
    public static final Setting<Double> GUARD_FAILURE_RATIO = new Setting<>(
            "ifbus.guard.failure-ratio",
            "0.2",
            "A larger share of failures in the window opens the guard; 0 or more, below 1.",
            Readers.ratio());

    /** Outcomes of which the share of failures is taken. */
    public static final Setting<Integer> GUARD_WINDOW = new Setting<>(
            "ifbus.guard.window",
            "20",
            "Calls of which the share of failures is taken, once there are so many; 1 to 10000.",
            Readers.whole(1, 10_000));

    /** How long an open guard lets nothing pass. */
    public static final Setting<Duration> GUARD_COOL_DOWN = new Setting<>(
            "ifbus.guard.cool-down",
            "PT60S",
            "How long an open guard lets no call pass; PT0.001S to P1D.",
            Readers.positive(Duration.ofMillis(1), Duration.ofDays(1)));

    /** Probes after the cool-down. */
    public static final Setting<Integer> GUARD_HALF_OPEN_PROBES = new Setting<>(
            "ifbus.guard.half-open-probes",
            "3",
            "Calls that pass as probes after the cool-down; the guard closes when all have succeeded; 1 to 1000.",
            Readers.whole(1, 1000));

    /** Whether only a reset closes an open guard. */
    public static final Setting<Boolean> GUARD_MANUAL_RESET_ONLY = new Setting<>(
            "ifbus.guard.manual-reset-only",
            "false",
            "`true`: an open guard stays open until it is reset by the API.",
            Readers.yesOrNo());

    /** Calls to one target that may wait for their outcome. */
    public static final Setting<Integer> GUARD_BULKHEAD = new Setting<>(
            "ifbus.guard.bulkhead",
            "500",
            "Calls to one target whose outcome may be open at the same time; 1 to 1000000.",
            Readers.whole(1, 1_000_000));

    /** What keeps the routes of the API. */
    public static final Setting<Path> ROUTES_FILE = new Setting<>(
            "ifbus.routes.file",
            "${jboss.server.data.dir}/ifbus/routes.json",
            "File that keeps the routes which came by the API; each node has its own.",
            Path::of);

    /** Where call detail records are kept. */
    public static final Setting<Path> CDR_DIRECTORY = new Setting<>(
            "ifbus.cdr.directory",
            "${jboss.server.data.dir}/ifbus/cdr",
            "Directory of the call detail records; each node has its own, and it is made if absent.",
            Path::of);

    /** How long call detail records are kept. */
    public static final Setting<Duration> CDR_RETENTION = new Setting<>(
            "ifbus.cdr.retention",
            "P90D",
            "How long after the end of a call its detail record is kept, at most P36500D.",
            Readers.positive(Duration.ofMillis(1), Duration.ofDays(36_500)));

    /** All of the above. */
    public static final List<Setting<?>> ALL = List.of(
            API_TOKEN_FILE,
            RING_TIMEOUT,
            ROUTES,
            ROUTE_TO,
            ROUTE_TARGET,
            EVENTS_KEPT,
            EVENTS_HEARTBEAT,
            EVENTS_STREAMS,
            SESSION_EXPIRES,
            OFFER_TIMEOUT,
            OFFER_STATUS,
            TRUSTED_HOSTS,
            TRUNKS,
            TRUNK_HOST,
            TRUNK_REALM,
            TRUNK_USER,
            TRUNK_PASSWORD_FILE,
            GUARD_CONSECUTIVE_FAILURES,
            GUARD_FAILURE_RATIO,
            GUARD_WINDOW,
            GUARD_COOL_DOWN,
            GUARD_HALF_OPEN_PROBES,
            GUARD_MANUAL_RESET_ONLY,
            GUARD_BULKHEAD,
            REGION,
            ROUTES_FILE,
            CDR_DIRECTORY,
            CDR_RETENTION);

    private Settings() {}
}
