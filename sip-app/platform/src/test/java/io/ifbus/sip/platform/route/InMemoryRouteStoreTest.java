// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.route;

import io.ifbus.sip.route.RouteStore;

class InMemoryRouteStoreTest extends RouteStoreContract {

    private final RouteStore store = RouteStore.inMemory();

    @Override
    RouteStore store() {
        return store;
    }

    @Override
    RouteStore restarted() {
        return store;
    }
}
