// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteStore;
import io.ifbus.sip.route.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each store of routes does. */
abstract class RouteStoreContract {

    static final List<Route> ROUTES = List.of(
            new Route("nothing-asked", Conditions.of(null, null, null, null), new Target.Echo()),
            new Route(
                    "all-asked",
                    Conditions.of(
                            "1*@\"pbx\"", "*@x\u00e4\u4e2d", Map.of("X-IF-Hazard", "s\\*", "Subject", "{}"), "eu west"),
                    new Target.Offer()),
            Route.parse("trunk", "*", "sips:{user}@h:5061;transport=tls"),
            Route.parse("0", "*", "tel:{user}"));

    abstract RouteStore store();

    /** The store as the next start of the node finds it. */
    abstract RouteStore restarted();

    @Test
    void has_nothing_at_first() {
        assertThat(store().load()).isEmpty();
    }

    @Test
    void keeps_routes_as_they_are_in_their_order() {
        RouteStore store = store();
        store.load();

        store.save(ROUTES);

        assertThat(restarted().load()).isEqualTo(ROUTES);
    }

    @Test
    void keeps_what_was_saved_last_and_nothing_of_what_was_before() {
        RouteStore store = store();
        store.load();
        store.save(ROUTES);
        store.save(ROUTES.subList(1, 2));

        assertThat(restarted().load()).isEqualTo(ROUTES.subList(1, 2));

        store.save(List.of());

        assertThat(restarted().load()).isEmpty();
    }

    @Test
    void keeps_no_list_that_somebody_else_can_change() {
        RouteStore store = store();
        store.load();
        List<Route> mine = new ArrayList<>(ROUTES);
        store.save(mine);
        mine.clear();

        assertThat(restarted().load()).isEqualTo(ROUTES);
    }
}
