// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.Call;
import io.ifbus.sip.call.CallFacts;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.Home;
import io.ifbus.sip.call.Identity;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.call.Peer;
import io.ifbus.sip.call.Plan;
import io.ifbus.sip.route.Routes;
import io.ifbus.sip.route.Target;
import io.ifbus.sip.sdp.Sdp;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Takes an INVITE that reached us to where the route table says. */
public final class ReceiveCall {
    private final Calls calls;
    private final Routes routes;
    private final Supplier<UUID> ids;
    private final CallDefaults defaults;
    private final Loops loops;

    public ReceiveCall(Calls calls, Routes routes, Supplier<UUID> ids, CallDefaults defaults, Loops loops) {
        this.calls = requireNonNull(calls, "calls");
        this.routes = requireNonNull(routes, "routes");
        this.ids = requireNonNull(ids, "ids");
        this.defaults = requireNonNull(defaults, "defaults");
        this.loops = requireNonNull(loops, "loops");
    }

    /**
     * What the Replaces header of an INVITE names (RFC 3891).
     *
     * @param replaced the leg whose dialog it is; empty if there is none, or more than one
     * @param earlyOnly not if that leg was answered
     */
    public record Replacement(Optional<Home> replaced, boolean earlyOnly) {}

    /**
     * An INVITE as it came.
     *
     * @param id from {@link #newId()}; the stack knows the call by it
     * @param to the request URI
     * @param user the request URI's user part, empty if it has none
     * @param host the request URI's host without the port
     * @param offer none if the INVITE asks for one
     * @param headers those that are carried to the other party
     * @param routingHeaders the first value of each of its headers, by names in lower case
     * @param maxForwards its Max-Forwards
     * @param peer what it says of the caller's phone
     * @param identity what it says of the caller, and the hosts that are trusted
     * @param replacement its Replaces header
     * @param session names the session from end to end (RFC 7989)
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
            int maxForwards,
            Peer peer,
            Identity identity,
            Optional<Replacement> replacement,
            String session) {
        public Arrival {
            headers = Map.copyOf(headers);
            routingHeaders = Map.copyOf(routingHeaders);
        }
    }

    /** An id for a call that is about to be handed over. */
    public CallId newId() {
        return new CallId(ids.get());
    }

    /** The hosts of the trust domain. */
    public Set<String> trusted() {
        return defaults.trusted();
    }

    /** Registers the call and begins to answer, ring, offer or refuse it; returns at once. */
    public void handle(Arrival arrival) {
        CallFacts facts = new CallFacts(
                arrival.id(),
                traceId(arrival),
                Direction.INBOUND,
                arrival.from(),
                arrival.to(),
                defaults.ringTimeout(),
                arrival.headers(),
                Math.max(0, arrival.maxForwards() - 1),
                defaults.sessionInterval(),
                arrival.identity());
        calls.start(Call.arrive(facts, plan(arrival), arrival.offer(), arrival.peer(), calls.now()));
    }

    private Plan plan(Arrival arrival) {
        if (arrival.peer().asksTooOften()) { // RFC 4028 section 9
            return new Plan.Refuse(422, "Session Interval Too Small");
        }
        if (arrival.replacement().isPresent()) {
            Replacement replacement = arrival.replacement().get();
            return replacement.replaced().isPresent()
                    ? new Plan.Replace(replacement.replaced().get(), replacement.earlyOnly())
                    : new Plan.Refuse(481, "Call/Transaction Does Not Exist");
        }
        return routes.find(arrival.user(), arrival.host(), arrival.from().uri(), arrival.routingHeaders())
                .map(route -> plan(arrival, route.target()))
                .orElseGet(() -> new Plan.Refuse(404, "Not Found"));
    }

    private Plan plan(Arrival arrival, Target target) {
        if (target instanceof Target.Echo) {
            return new Plan.Echo();
        }
        if (target instanceof Target.Uri uri
                && uri.needsUser()
                && arrival.user().isEmpty()) { // RFC 3261 section 21.4.22
            return new Plan.Refuse(484, "Address Incomplete");
        }
        if (arrival.maxForwards() < 1) { // RFC 3261 section 16.3 step 3, through a B2BUA as RFC 7332 asks for
            return new Plan.Refuse(483, "Too Many Hops");
        }
        if (!loops.enter(arrival.session() + ' ' + arrival.to().uri(), arrival.id())) {
            return new Plan.Refuse(482, "Loop Detected");
        }
        return target instanceof Target.Uri uri
                ? new Plan.Bridge(Party.of(uri.uriFor(arrival.user())))
                : new Plan.Offer(defaults.offerLimit(), defaults.offerStatus());
    }

    private static String traceId(Arrival arrival) {
        return arrival.headers().entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals("x-if-trace-id"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> arrival.id().toString());
    }
}
