// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.Call;
import io.ifbus.sip.call.CallFacts;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Dialing;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.Identity;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.signal.SignalingSlot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Starts a call: rings the first party, then the second, and joins them; or rings one alone. */
public final class OriginateCall {
    private static final Duration LONGEST_RING = Duration.ofMinutes(10);
    private static final String TRACE_ID = "X-IF-Trace-ID";

    private final SignalingSlot signaling;
    private final Calls calls;
    private final Supplier<UUID> ids;
    private final CallDefaults defaults;
    private final Once<CallSnapshot> once;

    public OriginateCall(
            SignalingSlot signaling, Calls calls, Supplier<UUID> ids, CallDefaults defaults, Once<CallSnapshot> once) {
        this.signaling = requireNonNull(signaling, "signaling");
        this.calls = requireNonNull(calls, "calls");
        this.ids = requireNonNull(ids, "ids");
        this.defaults = requireNonNull(defaults, "defaults");
        this.once = requireNonNull(once, "once");
    }

    /**
     * Whom to connect. Not checked until handled.
     *
     * @param from SIP URI of the party that is rung first, or is shown as the caller; null is refused
     * @param to SIP URI of the party that is rung next, or alone; null is refused
     * @param ringTimeout how long each may ring
     * @param traceId joins this call to an operation of the client's; the call's id if there is none
     * @param callerIdName shown to {@code to} as the name of {@code from}
     * @param isPrivate {@code to} is not to learn who calls
     * @param headers further headers for the INVITEs
     */
    public record Request(
            String from,
            String to,
            Dialing dialing,
            Optional<Duration> ringTimeout,
            Optional<String> traceId,
            Optional<String> callerIdName,
            boolean isPrivate,
            Map<String, String> headers) {
        public Request {
            requireNonNull(dialing, "dialing");
            headers = Map.copyOf(headers);
        }

        public static Request between(String from, String to) {
            return new Request(
                    from, to, Dialing.BOTH, Optional.empty(), Optional.empty(), Optional.empty(), false, Map.of());
        }
    }

    /** The same without a key. */
    public CallSnapshot handle(Request request) {
        return handle(request, Optional.empty());
    }

    /**
     * Begins to ring and returns at once.
     *
     * @param key the same key gives the same call, for 24 hours
     * @return the call as it is now, or was when the key came first
     * @throws InvalidRequest if a field is missing or wrong; nothing has been sent
     * @throws IdempotencyConflict if the key was used for another request; nothing has been sent
     * @throws UpstreamUnavailable if the first party's host is known to be in trouble; nothing has been sent
     * @throws StackUnavailable if there is no SIP stack; nothing has been sent
     */
    public CallSnapshot handle(Request request, Optional<String> key) {
        return once.perform(key, request, () -> begin(request));
    }

    private CallSnapshot begin(Request request) {
        CallFacts facts = facts(request);
        if (!signaling.isBound()) {
            throw new StackUnavailable();
        }
        calls.refuseIfBarred(request.dialing() == Dialing.CALLEE_ALONE ? facts.to() : facts.from());
        calls.start(Call.dial(facts, request.dialing(), calls.now()));
        return calls.find(facts.id()).orElseThrow(() -> new NoSuchCall(facts.id()));
    }

    private CallFacts facts(Request request) {
        CallId id = new CallId(ids.get());
        Map<String, String> headers = Words.headers(request.headers());
        return new CallFacts(
                id,
                traceId(request, headers).orElse(id.toString()),
                Direction.OUTBOUND,
                new Party(
                        Words.sipUri("from", request.from()),
                        request.callerIdName().map(name -> Words.line("caller_id_name", name))),
                Party.of(Words.sipUri("to", request.to())),
                ring(request.ringTimeout().orElse(defaults.ringTimeout())),
                headers,
                CallFacts.FULL_FORWARDS,
                defaults.sessionInterval(),
                new Identity(request.isPrivate(), Optional.empty(), defaults.trusted()));
    }

    /** Puts it among the headers, where a client may have given it too. */
    private static Optional<String> traceId(Request request, Map<String, String> headers) {
        Optional<String> given = Optional.ofNullable(headers.get(TRACE_ID));
        Optional<String> trace = request.traceId().map(id -> Words.line(TRACE_ID, id));
        if (given.isPresent() && trace.isPresent() && !given.equals(trace)) {
            throw new InvalidRequest(TRACE_ID, "'" + TRACE_ID + "' differs from the one among 'headers'");
        }
        trace.ifPresent(id -> headers.put(TRACE_ID, id));
        return trace.or(() -> given);
    }

    private static Duration ring(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_RING) > 0) {
            throw new InvalidRequest("timeout", "'timeout' must be 1 to " + LONGEST_RING.toSeconds() + " seconds");
        }
        return timeout;
    }
}
