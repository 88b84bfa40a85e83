// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/** An edit of the route table was refused; nothing has been changed. */
public final class RouteRefused extends RuntimeException {
    /** Why; the client's fault each time, and no retry of the same request helps. */
    public enum Reason {
        /** There is a route of that name. */
        ROUTE_EXISTS,
        /** The route is one of the settings', which are changed there. */
        ROUTE_IS_CONFIGURED,
        /** The table is not the one that the client saw. */
        ROUTE_CHANGED,
        /** There is no route of that name. */
        NO_SUCH_ROUTE,
        /** There are {@value RouteTable#MOST} already. */
        TOO_MANY_ROUTES;

        /** The stable name, in kebab case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Reason reason;

    RouteRefused(Reason reason, String message) {
        super(requireNonNull(message, "message"));
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
