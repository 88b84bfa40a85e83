// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.route.AddressGlob;
import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Glob;
import io.ifbus.sip.route.InvalidRoute;
import io.ifbus.sip.route.PlacedRoute;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.Target;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A route on the wire, both ways. Core checks the values; here is checked only what core does not know.
 *
 * @param origin {@code api} or {@code settings}; the API says it and does not take it
 * @param position from 0, in the order in which routes are tried
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(
        name = "Route",
        description = "Takes a call if all of its conditions hold; what is absent always holds",
        requiredProperties = {"name", "target"})
record RouteBody(
        @Schema(examples = "night-desk", pattern = "[a-z0-9][a-z0-9-]{0,62}")
        String name,

        @Schema(
                enumeration = {"api", "settings"},
                readOnly = true,
                description = "Routes of the settings are tried last and cannot be changed here")
        String origin,

        @Schema(description = "From 0; new routes go behind the last of the API if absent", minimum = "0")
        Integer position,

        @Schema(description = "Glob over user@host of the request URI", maxLength = Glob.LONGEST, examples = "1*@pbx")
        String to,

        @Schema(description = "Glob over user@host of the From URI", maxLength = Glob.LONGEST)
        String from,

        @Schema(description = "Header names with globs over their first values")
        Map<String, String> headers,

        @Schema(description = "Of the node, exactly") String region,

        @Schema(
                description = "echo, offer, or a SIP or tel URI in which {user} stands for the dialled user",
                examples = "sip:{user}@192.0.2.1:5080")
        String target) {

    private static final String TRIAL = "test";

    static RouteBody of(PlacedRoute placed) {
        Route route = placed.route();
        Conditions conditions = route.conditions();
        Map<String, String> headers = new TreeMap<>();
        conditions.headers().forEach((name, glob) -> headers.put(name, glob.text()));
        return new RouteBody(
                route.name(),
                placed.origin().word(),
                placed.position(),
                conditions.to().map(AddressGlob::text).orElse(null),
                conditions.from().map(AddressGlob::text).orElse(null),
                headers,
                conditions.region().orElse(null),
                route.target().text());
    }

    /**
     * The route that the client wants.
     *
     * @throws InvalidRequest if its name is missing or an address of the API, or {@code origin} is given
     * @throws InvalidRoute if another field cannot be used
     */
    Route route() {
        if (origin != null) {
            throw new InvalidRequest("origin", "'origin' cannot be given");
        }
        if (TRIAL.equals(name)) {
            throw new InvalidRequest("name", "'test' is an address of the API and cannot be a route's name");
        }
        return new Route(
                present("name", name),
                Conditions.of(to, from, headers, region),
                Target.parse(present("target", target)));
    }

    /**
     * The same for the address that ends with {@code address}.
     *
     * @throws InvalidRequest if the body has another name, or as {@link #route()}
     * @throws InvalidRoute as {@link #route()}
     */
    Route routeAt(String address) {
        if (name != null && !name.equals(address)) {
            throw new InvalidRequest("name", "'name' must be that of the address, or absent");
        }
        return new RouteBody(address, origin, position, to, from, headers, region, target).route();
    }

    OptionalInt place() {
        return position == null ? OptionalInt.empty() : OptionalInt.of(position);
    }

    private static String present(String field, String value) {
        if (value == null) {
            throw new InvalidRequest(field, "'" + field + "' is missing");
        }
        return value;
    }
}
