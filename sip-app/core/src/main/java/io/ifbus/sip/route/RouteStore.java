// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import java.util.List;

/** Where routes that came by the API outlive the node. Called by one thread at a time. */
public interface RouteStore {
    /**
     * What was saved last, in order; empty if nothing ever was.
     *
     * @throws RuntimeException if something was saved that cannot be read; it is left as it is
     */
    List<Route> load();

    /**
     * Keeps {@code routes} in place of what was saved before. Returns when they are safe.
     *
     * @throws RuntimeException if they cannot be kept; what was saved before still is
     */
    void save(List<Route> routes);

    /** Keeps routes no longer than itself. */
    static RouteStore inMemory() {
        return new RouteStore() {
            private volatile List<Route> saved = List.of();

            @Override
            public List<Route> load() {
                return saved;
            }

            @Override
            public void save(List<Route> routes) {
                saved = List.copyOf(routes);
            }
        };
    }
}
