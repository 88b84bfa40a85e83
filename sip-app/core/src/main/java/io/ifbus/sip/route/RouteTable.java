// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import java.util.List;
import java.util.Optional;

/** Says where an INVITE that reaches us goes: the first route that matches has it. Immutable. */
public final class RouteTable {
    private final List<Route> routes;

    public RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** What holds where nothing is configured: {@code echo@*} hears itself. */
    public static RouteTable echoOnly() {
        return new RouteTable(List.of(new Route("echo", "echo@*", new Target.Echo())));
    }

    /**
     * The route of a request URI.
     *
     * @param user its user part, empty if it has none
     * @param host its host without the port
     */
    public Optional<Route> find(String user, String host) {
        return routes.stream().filter(route -> route.matches(user, host)).findFirst();
    }

    public List<Route> routes() {
        return routes;
    }
}
