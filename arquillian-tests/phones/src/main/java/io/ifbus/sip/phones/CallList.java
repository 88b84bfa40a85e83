// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of a phone, which of them the story is about, and what was heard of them. May be used by any thread. */
final class CallList {

    private final Watch watch;

    // Guarded by the watch.
    private final Map<String, PhoneCall> byCallId = new LinkedHashMap<>();
    private final Deque<PhoneCall> untaken = new ArrayDeque<>();
    private final Map<String, Integer> unheard = new HashMap<>();
    private PhoneCall current;

    CallList(Watch watch) {
        this.watch = watch;
    }

    void addDialled(String callId, PhoneCall call) {
        watch.change(() -> {
            byCallId.put(callId, call);
            current = call;
        });
    }

    /** @param taken whether nobody will ask for it */
    void addIncoming(String callId, PhoneCall call, boolean taken) {
        watch.change(() -> {
            byCallId.put(callId, call);
            if (taken) current = call;
            else untaken.addLast(call);
        });
    }

    Optional<PhoneCall> find(String callId) {
        return watch.look(() -> Optional.ofNullable(byCallId.get(callId)));
    }

    List<PhoneCall> all() {
        return watch.look(() -> new ArrayList<>(byCallId.values()));
    }

    Optional<PhoneCall> current() {
        return watch.look(() -> Optional.ofNullable(current));
    }

    void pick(PhoneCall call) {
        watch.change(() -> current = call);
    }

    boolean hasUntaken() {
        return watch.look(() -> !untaken.isEmpty());
    }

    PhoneCall takeNext() {
        return watch.look(() -> {
            current = untaken.removeFirst();
            return current;
        });
    }

    void heard(String kind) {
        watch.change(() -> unheard.merge(kind, 1, Integer::sum));
    }

    boolean hasUnheard(String kind) {
        return watch.look(() -> unheard.getOrDefault(kind, 0) > 0);
    }

    void takeHeard(String kind) {
        watch.change(() -> unheard.merge(kind, -1, Integer::sum));
    }
}
