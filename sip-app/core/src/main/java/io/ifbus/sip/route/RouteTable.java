// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import io.ifbus.sip.route.RouteRefused.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says where an INVITE that reaches us goes: the first route that matches has it. Immutable. */
public final class RouteTable {
    /** How many routes may come by the API. */
    public static final int MOST = 1000;

    private final List<Route> added;
    private final List<Route> configured;
    private final List<PlacedRoute> routes;
    private final String version;

    /**
     * @param added those of the API; they are tried first, so that an operator can override the others
     * @param configured those of the settings
     * @throws InvalidRoute if two have one name
     */
    public RouteTable(List<Route> added, List<Route> configured) {
        this.added = List.copyOf(added);
        this.configured = List.copyOf(configured);
        List<Route> all = Stream.concat(added.stream(), configured.stream()).toList();
        requireDistinct(all);
        routes = IntStream.range(0, all.size())
                .mapToObj(i -> new PlacedRoute(i, i < added.size() ? Origin.API : Origin.SETTINGS, all.get(i)))
                .toList();
        version = new Fingerprint().of(routes);
    }

    /** What holds where nothing is configured: {@code echo@*} hears itself. */
    public static RouteTable echoOnly() {
        return new RouteTable(List.of(), List.of(new Route("echo", Conditions.to("echo@*"), new Target.Echo())));
    }

    private static void requireDistinct(List<Route> routes) {
        Set<String> names = new HashSet<>();
        for (Route route : routes) {
            if (!names.add(route.name())) {
                throw new InvalidRoute(
                        "name",
                        "two routes are called '" + route.name() + "', among those of the settings and of the API");
            }
        }
    }

    /** The route of an INVITE. */
    public Optional<Route> find(Query query) {
        return routes.stream()
                .map(PlacedRoute::route)
                .filter(route -> route.conditions().hold(query))
                .findFirst();
    }

    /** All, in the order in which they are tried. */
    public List<PlacedRoute> routes() {
        return routes;
    }

    /** The route called {@code name}. */
    public Optional<PlacedRoute> named(String name) {
        return routes.stream()
                .filter(placed -> placed.route().name().equals(name))
                .findFirst();
    }

    /** The same for tables with the same routes in the same order, on whatever node; hexadecimal. */
    public String version() {
        return version;
    }

    List<Route> added() {
        return added;
    }

    /** @param position among the routes of the API; behind them if absent */
    RouteTable with(Route route, OptionalInt position) {
        if (named(route.name()).isPresent()) {
            throw new RouteRefused(Reason.ROUTE_EXISTS, "There is a route '" + route.name() + "' already");
        }
        if (added.size() >= MOST) {
            throw new RouteRefused(Reason.TOO_MANY_ROUTES, "There are " + MOST + " routes of the API already");
        }
        return inserted(added, route, position.orElse(added.size()));
    }

    /** @param position among the routes of the API; where the route was if absent */
    RouteTable replacing(Route route, OptionalInt position) {
        PlacedRoute before = changeable(route.name());
        return inserted(without(before), route, position.orElse(before.position()));
    }

    RouteTable without(String name) {
        return new RouteTable(without(changeable(name)), configured);
    }

    private RouteTable inserted(List<Route> others, Route route, int position) {
        if (position < 0 || position > others.size()) {
            throw new InvalidRoute("position", "'position' must be from 0 to " + others.size());
        }
        List<Route> next = new ArrayList<>(others);
        next.add(position, route);
        return new RouteTable(next, configured);
    }

    private PlacedRoute changeable(String name) {
        PlacedRoute found = named(name)
                .orElseThrow(() -> new RouteRefused(Reason.NO_SUCH_ROUTE, "There is no route '" + name + "'"));
        if (found.origin() == Origin.SETTINGS) {
            throw new RouteRefused(
                    Reason.ROUTE_IS_CONFIGURED,
                    "The route '" + name + "' is one of the settings; override it by another");
        }
        return found;
    }

    private List<Route> without(PlacedRoute placed) {
        return added.stream().filter(route -> !route.equals(placed.route())).toList();
    }
}
