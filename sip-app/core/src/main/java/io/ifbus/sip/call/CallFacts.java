// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * What is known of a call when it begins, and never changes.
 *
 * @param traceId joins everything that belongs to one operation
 * @param direction inbound if an INVITE reached us
 * @param from the caller; rung first when we started the call
 * @param to the callee as it was asked for
 * @param ringTimeout how long one phone may ring
 * @param headers what every INVITE of this call carries besides the usual, by name
 * @param maxForwards Max-Forwards of the INVITEs we send (RFC 3261 section 8.1.1.6)
 * @param sessionInterval the Session-Expires that we propose (RFC 4028)
 * @param identity who is told who calls
 */
public record CallFacts(
        CallId id,
        String traceId,
        Direction direction,
        Party from,
        Party to,
        Duration ringTimeout,
        Map<String, String> headers,
        int maxForwards,
        Duration sessionInterval,
        Identity identity) {
    /** Max-Forwards of a request that begins here. */
    public static final int FULL_FORWARDS = 70;

    /** The interval that RFC 4028 recommends. */
    public static final Duration USUAL_SESSION = Duration.ofMinutes(30);

    public CallFacts {
        requireNonNull(id, "id");
        requireNonNull(traceId, "traceId");
        requireNonNull(direction, "direction");
        requireNonNull(from, "from");
        requireNonNull(to, "to");
        headers = Map.copyOf(headers);
        requireNonNull(identity, "identity");
        if (requireNonNull(ringTimeout, "ringTimeout").isNegative() || ringTimeout.isZero()) {
            throw new IllegalArgumentException("ringTimeout must be positive, was " + ringTimeout);
        }
        if (maxForwards < 0) {
            throw new IllegalArgumentException("maxForwards must be >= 0, was " + maxForwards);
        }
        if (requireNonNull(sessionInterval, "sessionInterval").compareTo(SessionTimer.SMALLEST) < 0) {
            throw new IllegalArgumentException("sessionInterval must be at least " + SessionTimer.SMALLEST);
        }
    }
}
