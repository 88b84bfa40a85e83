// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteTable;

/** The route table as the settings spell it. */
public final class ConfiguredRoutes {

    private ConfiguredRoutes() {}

    /**
     * Reads the names, then each route in their order.
     *
     * @throws SettingRefused if a name, a glob or a target cannot be read; the message names the key
     */
    public static RouteTable from(SettingSource source) {
        return new RouteTable(Settings.ROUTES.from(source).stream()
                .map(name -> new Route(
                        name,
                        Settings.ROUTE_TO.named(name).from(source),
                        Settings.ROUTE_TARGET.named(name).from(source)))
                .toList());
    }
}
