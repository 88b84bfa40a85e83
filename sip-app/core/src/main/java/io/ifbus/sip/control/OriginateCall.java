// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.Call;
import io.ifbus.sip.call.CallFacts;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.signal.SignalingSlot;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Starts a call between two parties: rings the first, then the second, and joins them. */
public final class OriginateCall {
    private static final Pattern SIP_URI = Pattern.compile("sips?:[^\\s<>\"@]*@?[^\\s<>\"@:;?]+[^\\s<>\"@]*");
    private static final Pattern HEADER_NAME = Pattern.compile("[Xx]-[Ii][Ff]-[A-Za-z0-9-]+");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}]*");
    private static final Duration LONGEST_RING = Duration.ofMinutes(10);
    private static final int LONGEST = 1024;

    private final SignalingSlot signaling;
    private final Calls calls;
    private final Supplier<UUID> ids;
    private final Duration ringTimeout;

    /** @param ringTimeout of requests that do not say otherwise */
    public OriginateCall(SignalingSlot signaling, Calls calls, Supplier<UUID> ids, Duration ringTimeout) {
        this.signaling = requireNonNull(signaling, "signaling");
        this.calls = requireNonNull(calls, "calls");
        this.ids = requireNonNull(ids, "ids");
        this.ringTimeout = requireNonNull(ringTimeout, "ringTimeout");
    }

    /**
     * Whom to connect. Not checked until handled.
     *
     * @param from SIP URI of the party that is rung first; null is refused
     * @param to SIP URI of the party that is rung next; null is refused
     * @param ringTimeout how long each may ring
     * @param traceId joins this call to an operation of the client's; the call's id if there is none
     * @param callerIdName shown to {@code to} as the name of {@code from}
     * @param headers {@code X-IF-*} headers for both INVITEs
     */
    public record Request(
            String from,
            String to,
            Optional<Duration> ringTimeout,
            Optional<String> traceId,
            Optional<String> callerIdName,
            Map<String, String> headers) {
        public static Request between(String from, String to) {
            return new Request(from, to, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        }
    }

    /**
     * Begins to ring {@code from} and returns at once.
     *
     * @return the call as it is now
     * @throws InvalidRequest if a field is missing or wrong; nothing has been sent
     * @throws StackUnavailable if there is no SIP stack; nothing has been sent
     */
    public CallSnapshot handle(Request request) {
        CallFacts facts = facts(request);
        if (!signaling.isBound()) {
            throw new StackUnavailable();
        }
        calls.start(Call.dial(facts, calls.now()));
        return calls.find(facts.id()).orElseThrow(() -> new NoSuchCall(facts.id()));
    }

    private CallFacts facts(Request request) {
        CallId id = new CallId(ids.get());
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(headerName(name), line("headers", value)));
        request.traceId().map(trace -> line("trace_id", trace)).ifPresent(trace -> headers.put("X-IF-Trace-ID", trace));
        return new CallFacts(
                id,
                request.traceId().orElse(id.toString()),
                Direction.OUTBOUND,
                new Party(uri("from", request.from()), request.callerIdName().map(n -> line("caller_id_name", n))),
                Party.of(uri("to", request.to())),
                ring(request.ringTimeout().orElse(ringTimeout)),
                headers,
                CallFacts.FULL_FORWARDS);
    }

    private static String uri(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidRequest(field, "'" + field + "' is missing");
        }
        if (value.length() > LONGEST || !SIP_URI.matcher(value).matches()) {
            throw new InvalidRequest(field, "'" + field + "' must be a SIP URI such as sip:alice@example.com");
        }
        return value;
    }

    private static String line(String field, String value) {
        if (value == null || value.length() > LONGEST || !LINE.matcher(value).matches()) {
            throw new InvalidRequest(field, "'" + field + "' must be one line of at most " + LONGEST + " characters");
        }
        return value;
    }

    private static String headerName(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new InvalidRequest("headers", "only X-IF-* headers can be given");
        }
        return name.toUpperCase(Locale.ROOT).equals("X-IF-TRACE-ID") ? "X-IF-Trace-ID" : name;
    }

    private static Duration ring(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST_RING) > 0) {
            throw new InvalidRequest("timeout", "'timeout' must be more than 0 and at most " + LONGEST_RING);
        }
        return timeout;
    }
}
