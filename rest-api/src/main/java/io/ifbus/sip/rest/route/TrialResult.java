// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ifbus.sip.route.PlacedRoute;
import io.ifbus.sip.route.Target;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Which route would take a call.
 *
 * @param matched whether any would
 * @param uri what would be rung, if the route leads to a URI
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RouteTrialResult")
record TrialResult(
        boolean matched,
        RouteBody route,

        @Schema(description = "What would be rung, if the route leads to a URI")
        String uri) {

    static TrialResult of(Optional<PlacedRoute> found, String user) {
        return new TrialResult(
                found.isPresent(),
                found.map(RouteBody::of).orElse(null),
                found.map(placed -> placed.route().target() instanceof Target.Uri uri ? uri.uriFor(user) : null)
                        .orElse(null));
    }
}
