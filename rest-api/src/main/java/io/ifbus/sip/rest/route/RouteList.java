// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.route;

import io.ifbus.sip.route.RouteTable;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All routes on the wire. */
@Schema(name = "Routes", description = "In the order in which they are tried")
record RouteList(List<RouteBody> routes) {

    static RouteList of(RouteTable table) {
        return new RouteList(table.routes().stream().map(RouteBody::of).toList());
    }
}
