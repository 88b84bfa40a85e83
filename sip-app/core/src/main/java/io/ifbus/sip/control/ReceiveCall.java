// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.Call;
import io.ifbus.sip.call.CallFacts;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.call.Plan;
import io.ifbus.sip.route.Routes;
import io.ifbus.sip.route.Target;
import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes an INVITE that reached us to where the route table says. */
public final class ReceiveCall {
    private final Calls calls;
    private final Routes routes;
    private final Supplier<UUID> ids;
    private final Duration ringTimeout;

    public ReceiveCall(Calls calls, Routes routes, Supplier<UUID> ids, Duration ringTimeout) {
        this.calls = requireNonNull(calls, "calls");
        this.routes = requireNonNull(routes, "routes");
        this.ids = requireNonNull(ids, "ids");
        this.ringTimeout = requireNonNull(ringTimeout, "ringTimeout");
    }

    /**
     * An INVITE as it came.
     *
     * @param id from {@link #newId()}; the stack knows the call by it
     * @param to the request URI
     * @param user the request URI's user part, empty if it has none
     * @param host the request URI's host without the port
     * @param offer none if the INVITE asks for one
     * @param headers its {@code X-IF-*} headers
     * @param routingHeaders the first value of each of its headers, by names in lower case
     * @param maxForwards its Max-Forwards
     */
    public record Arrival(
            CallId id,
            Party from,
            Party to,
            String user,
            String host,
            Optional<Sdp> offer,
            Map<String, String> headers,
            Map<String, String> routingHeaders,
            int maxForwards) {
        public Arrival {
            headers = Map.copyOf(headers);
            routingHeaders = Map.copyOf(routingHeaders);
        }
    }

    /** An id for a call that is about to be handed over. */
    public CallId newId() {
        return new CallId(ids.get());
    }

    /** Registers the call and begins to answer, ring or refuse it; returns at once. */
    public void handle(Arrival arrival) {
        CallFacts facts = new CallFacts(
                arrival.id(),
                traceId(arrival),
                Direction.INBOUND,
                arrival.from(),
                arrival.to(),
                ringTimeout,
                arrival.headers(),
                Math.max(0, arrival.maxForwards() - 1));
        calls.start(Call.arrive(facts, plan(arrival), arrival.offer(), calls.now()));
    }

    private Plan plan(Arrival arrival) {
        return routes.find(arrival.user(), arrival.host(), arrival.from().uri(), arrival.routingHeaders())
                .map(route -> plan(arrival, route.target()))
                .orElseGet(() -> new Plan.Refuse(404, "Not Found"));
    }

    private static Plan plan(Arrival arrival, Target target) {
        if (target instanceof Target.Offer) {
            return new Plan.Refuse(480, "Temporarily Unavailable");
        }
        if (!(target instanceof Target.Uri uri)) {
            return new Plan.Echo();
        }
        if (uri.needsUser() && arrival.user().isEmpty()) { // RFC 3261 section 21.4.22
            return new Plan.Refuse(484, "Address Incomplete");
        }
        if (arrival.maxForwards() < 1) { // RFC 3261 section 16.3 step 3, through a B2BUA as RFC 7332 asks for
            return new Plan.Refuse(483, "Too Many Hops");
        }
        return new Plan.Bridge(Party.of(uri.uriFor(arrival.user())));
    }

    private static String traceId(Arrival arrival) {
        return arrival.headers().entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals("x-if-trace-id"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> arrival.id().toString());
    }
}
