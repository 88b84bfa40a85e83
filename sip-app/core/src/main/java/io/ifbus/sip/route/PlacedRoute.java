// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

/**
 * A route in its table.
 *
 * @param position from 0, in the order in which routes are tried
 */
public record PlacedRoute(int position, Origin origin, Route route) {
    public PlacedRoute {
        requireNonNull(origin, "origin");
        requireNonNull(route, "route");
    }
}
