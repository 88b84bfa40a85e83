// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.composition;

import io.ifbus.sip.platform.config.ConfiguredRoutes;
import io.ifbus.sip.platform.config.MicroProfileSettings;
import io.ifbus.sip.platform.config.Settings;
import io.ifbus.sip.platform.route.FileRouteStore;
import io.ifbus.sip.route.Routes;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The route table: that of the settings, and before it what came by the API. */
@Dependent
public class RouteComposition {

    @Produces
    @Singleton
    static Routes routes(MicroProfileSettings settings) {
        return new Routes(
                ConfiguredRoutes.from(settings),
                new FileRouteStore(Settings.ROUTES_FILE.from(settings)),
                Settings.REGION.from(settings));
    }
}
