// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.route.RouteRefused.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The route table of this node as it is now.
 *
 * <p>Safe for any thread. Looking never waits; edits wait for each other and for the store. An edit is in the store before
 * anybody sees it, and one that throws has changed nothing.
 */
public final class Routes {
    private final AtomicReference<RouteTable> table;
    private final RouteStore store;
    private final String region;
    private final Object editing = new Object();

    /**
     * Loads what was saved.
     *
     * @param configured the routes of the settings
     * @param region of this node, empty if it has none
     * @throws InvalidRoute if a saved route has the name of a configured one
     * @throws RuntimeException if what was saved cannot be read; it is left as it is
     */
    public Routes(List<Route> configured, RouteStore store, String region) {
        this.store = requireNonNull(store, "store");
        this.region = requireNonNull(region, "region");
        table = new AtomicReference<>(new RouteTable(store.load(), configured));
    }

    /** What a client got by {@link #put}. */
    public record Put(RouteTable table, boolean created) {}

    /** The table as it is now. */
    public RouteTable table() {
        return table.get();
    }

    /**
     * The route of an INVITE.
     *
     * @param user of the request URI, empty if it has none
     * @param host of the request URI without the port
     * @param from the From URI
     * @param headers the first value of each header
     */
    public Optional<Route> find(String user, String host, String from, Map<String, String> headers) {
        return find(table(), user, host, from, headers);
    }

    /** The same in a table that was looked at before. */
    public Optional<Route> find(RouteTable seen, String user, String host, String from, Map<String, String> headers) {
        UserHost caller = UserHost.of(from).orElseGet(() -> new UserHost("", ""));
        return seen.find(new Query(user, host, caller.user(), caller.host(), headers, region));
    }

    /**
     * Adds a route.
     *
     * @param position among the routes of the API, from 0; behind them if absent
     * @param precondition what the client expects of the table that it edits
     * @return the table with the route
     * @throws RouteRefused if there is one of that name, there are too many, or the precondition fails
     * @throws InvalidRoute if there is no such position
     */
    public RouteTable add(Route route, OptionalInt position, Predicate<RouteTable> precondition) {
        return edit(seen -> seen.with(route, position), precondition);
    }

    /**
     * Replaces the route of that name, or adds it.
     *
     * @param position among the routes of the API, from 0; if absent, where it was, or behind them
     * @param precondition what the client expects of the table that it edits
     * @throws RouteRefused if the route is one of the settings, there are too many, or the precondition fails
     * @throws InvalidRoute if there is no such position
     */
    public Put put(Route route, OptionalInt position, Predicate<RouteTable> precondition) {
        synchronized (editing) {
            boolean created = table().named(route.name()).isEmpty();
            return new Put(
                    edit(seen -> created ? seen.with(route, position) : seen.replacing(route, position), precondition),
                    created);
        }
    }

    /**
     * Takes a route away.
     *
     * @param precondition what the client expects of the table that it edits
     * @return the table without the route
     * @throws RouteRefused if there is none, it is one of the settings, or the precondition fails
     */
    public RouteTable remove(String name, Predicate<RouteTable> precondition) {
        return edit(seen -> seen.without(name), precondition);
    }

    /** One at a time, so that what was saved last is what is seen. */
    private RouteTable edit(UnaryOperator<RouteTable> edit, Predicate<RouteTable> precondition) {
        synchronized (editing) {
            RouteTable seen = table.get();
            RouteTable next = edit.apply(seen);
            if (!precondition.test(seen)) { // after all else that can be wrong (RFC 9110 section 13.2.1)
                throw new RouteRefused(Reason.ROUTE_CHANGED, "The routes are not those that If-Match names");
            }
            store.save(next.added());
            table.set(next);
            return next;
        }
    }
}
