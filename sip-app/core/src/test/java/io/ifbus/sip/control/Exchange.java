// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.LegId;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.guard.TargetGuard;
import io.ifbus.sip.meter.Meter;
import io.ifbus.sip.signal.Signaling;
import io.ifbus.sip.signal.SignalingSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Core with a clock, timers, a meter and a SIP stack that a test holds in its hands. */
final class Exchange implements Signaling, Meter {
    record Alarm(Instant at, Runnable task) {}

    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    final List<Alarm> alarms = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    final List<SipAction> actions = new ArrayList<>();
    final List<String> metered = new ArrayList<>();
    final SignalingSlot slot = new SignalingSlot();
    final Calls calls;
    final OriginateCall originate;
    final HangUpCall hangUp;
    private final Random ids = new Random(1);
    RuntimeException stackFails;

    Exchange(Retention retention) {
        slot.bind(this);
        calls = new Calls(slot, this::start, () -> now, new Random(1), this, retention, List.of(), TargetGuard.none());
        originate = new OriginateCall(slot, calls, this::id, CallDefaults.USUAL, new Once<>(() -> now));
        hangUp = new HangUpCall(calls);
    }

    UUID id() {
        return new UUID(ids.nextLong(), ids.nextLong());
    }

    private Runnable start(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(now.plus(delay), task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    void pass(Duration time) {
        now = now.plus(time);
        List<Alarm> due =
                alarms.stream().filter(alarm -> !alarm.at().isAfter(now)).toList();
        alarms.removeAll(due);
        due.forEach(alarm -> alarm.task().run());
    }

    CallId dial() {
        return originate
                .handle(OriginateCall.Request.between("sip:a@h", "sip:b@h"))
                .id();
    }

    void refuses(CallId id, LegId leg, int status) {
        on(id, new LegEvent.Rejected(leg, status, "No"));
    }

    void rings(CallId id, LegId leg) {
        on(id, new LegEvent.Progressed(leg, 180, Optional.empty()));
    }

    void on(CallId id, CallEvent event) {
        calls.apply(id, event);
    }

    @Override
    public void perform(CallId call, SipAction action) {
        sent.add(action.getClass().getSimpleName());
        actions.add(action);
        if (stackFails != null) {
            throw stackFails;
        }
    }

    @Override
    public void callStarted(Direction direction) {
        metered.add("started " + direction.word());
    }

    @Override
    public void callEnded(Direction direction, EndCause.Result result) {
        metered.add("ended " + direction.word() + " " + result.word());
    }

    @Override
    public void legAnswered(Direction direction, Duration setup) {
        metered.add("answered " + direction.word() + " " + setup);
    }

    @Override
    public void surprised(String state, String event) {
        metered.add("surprised " + state + " " + event);
    }
}
