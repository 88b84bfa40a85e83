// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.event;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.guard.GuardListener;
import io.ifbus.sip.guard.GuardState;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes events of what guards find out about the hosts that we call. Safe for use by any thread. */
public final class LinkEvents implements GuardListener {
    private final Consumer<Event> events;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    /**
     * @param events takes each event; must be quick, must not block and not throw
     * @param ids new event ids
     */
    public LinkEvents(Consumer<Event> events, InstantSource clock, Supplier<UUID> ids) {
        this.events = requireNonNull(events, "events");
        this.clock = requireNonNull(clock, "clock");
        this.ids = requireNonNull(ids, "ids");
    }

    /** A guard that is open or being tried out keeps its host's link down. */
    @Override
    public void changed(String host, GuardState from, GuardState to) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", host);
        fields.put("state", to == GuardState.CLOSED ? "up" : "down");
        fields.put("guard", to.word());
        UUID id = ids.get();
        events.accept(new Event(
                id, EventType.CONNECTION_STATE_CHANGED, clock.instant(), Optional.empty(), 0, id.toString(), fields));
    }
}
