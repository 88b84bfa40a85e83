// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallNotice;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.StateChange;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.control.CallObserver;
import io.ifbus.sip.control.CallSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes events of what is heard of calls. Keeps the number of events of each living call, and nothing else. */
public final class CallEvents implements CallObserver {
    private final Map<CallId, Long> sequences = new ConcurrentHashMap<>();
    private final Consumer<Event> events;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /**
     * @param events takes each event; must be quick, must not block and not throw
     * @param ids new event ids
     */
    public CallEvents(Consumer<Event> events, InstantSource clock, Supplier<UUID> ids) {
        this.events = requireNonNull(events, "events");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
    }

    /** Each kind of notice has its line here. */
    @Override
    public void heard(CallSnapshot call, CallNotice notice) {
        if (notice instanceof CallNotice.StateChanged e) {
            changed(call, e.change());
        } else if (notice instanceof CallNotice.Offered e) {
            tell(call, EventType.CALL_OFFERED, clock.instant(), offer(call, e));
        } else if (notice instanceof CallNotice.TransferChanged e) {
            tell(call, EventType.TRANSFER_STATE_CHANGED, clock.instant(), transfer(e.transfer()));
        } else if (notice instanceof CallNotice.Trouble e) {
            tell(call, EventType.ERROR, clock.instant(), trouble(e));
        }
    }

    @Override
    public void ended(CallSnapshot call) {
        sequences.remove(call.id());
    }

    /** How many calls it remembers. */
    int remembered() {
        return sequences.size();
    }

    private void changed(CallSnapshot call, StateChange change) {
        tell(call, EventType.CALL_STATE_CHANGED, change.at(), stateFields(call, change));
        if (change.state() == CallState.INCOMING && change.sequence() == 1) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("from", call.from());
            fields.put("to", call.to());
            tell(call, EventType.INCOMING_CALL, change.at(), fields);
        }
    }

    private void tell(CallSnapshot call, EventType type, Instant at, Map<String, Object> fields) {
        long sequence = sequences.merge(call.id(), 1L, Long::sum);
        events.accept(new Event(ids.get(), type, at, Optional.of(call.id()), sequence, call.traceId(), fields));
    }

    /** The snapshot may be ahead of the change: what it knows of later is left out. */
    private static Map<String, Object> stateFields(CallSnapshot call, StateChange change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", change.state().word());
        fields.put("from", call.from());
        fields.put("to", call.to());
        fields.put("direction", call.direction().word());
        fields.put("duration", talked(call, change).toSeconds());
        if (change.state() == CallState.HANGING_UP || change.state() == CallState.TERMINATED) {
            call.cause().ifPresent(cause -> {
                fields.put("reason", cause.reason());
                fields.put("sip_code", cause.code());
                fields.put("result", cause.result().word());
            });
        }
        return fields;
    }

    private static Duration talked(CallSnapshot call, StateChange change) {
        return call.connectedAt()
                .filter(since -> since.isBefore(change.at()))
                .map(since -> Duration.between(since, change.at()))
                .orElse(Duration.ZERO);
    }

    private static Map<String, Object> offer(CallSnapshot call, CallNotice.Offered offered) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", call.from());
        fields.put("to", call.to());
        fields.put("timeout", offered.limit().toSeconds());
        return fields;
    }

    private static Map<String, Object> transfer(Transfer transfer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("transfer_id", transfer.id().toString());
        fields.put("state", transfer.state().word());
        fields.put("kind", transfer.kind().word());
        fields.put("method", transfer.method().word());
        fields.put("transferor", transfer.transferor().word());
        fields.put("target", transfer.target());
        if (transfer.hasEnded()) {
            fields.put("code", transfer.code());
            fields.put("reason", transfer.reason());
        }
        return fields;
    }

    private static Map<String, Object> trouble(CallNotice.Trouble trouble) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", trouble.code());
        fields.put("message", trouble.message());
        fields.put("severity", trouble.retryable() ? "warning" : "error");
        fields.put("retryable", trouble.retryable());
        return fields;
    }
}
