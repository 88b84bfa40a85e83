// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Route;
import java.util.List;

/** The routes as the settings spell them. */
public final class ConfiguredRoutes {

    private ConfiguredRoutes() {}

    /**
     * Reads the names, then each route in their order.
     *
     * @throws SettingRefused if a name, a glob or a target cannot be read; the message names the key
     */
    public static List<Route> from(SettingSource source) {
        return Settings.ROUTES.from(source).stream()
                .map(name -> new Route(
                        name,
                        Conditions.to(Settings.ROUTE_TO.named(name).from(source)),
                        Settings.ROUTE_TARGET.named(name).from(source)))
                .toList();
    }
}
