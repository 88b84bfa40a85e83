// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.Call;
import io.ifbus.sip.call.CallAction;
import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallNotice;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.call.Hints;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.Operation;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.guard.TargetGuard;
import io.ifbus.sip.meter.Meter;
import io.ifbus.sip.signal.Signaling;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The calls of this node: applies events to them and does what they decide. Ended calls stay visible for a while. Safe
 * for use by any thread; events of one call may come on several at once.
 */
public final class Calls {
    private final Map<CallId, CallRun> runs = new ConcurrentHashMap<>();
    private final Queue<CallId> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger endedCount = new AtomicInteger();
    private final Signaling signaling;
    private final Timer timer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Meter meter;
    private final Retention retention;
    private final List<CallObserver> observers;
    private final TargetGuard guard;

    /**
     * @param random may be shared by threads
     * @param observers told of everything, in this order
     * @param guard asked before each INVITE to a new target
     */
    public Calls(
            Signaling signaling,
            Timer timer,
            InstantSource clock,
            RandomGenerator random,
            Meter meter,
            Retention retention,
            List<CallObserver> observers,
            TargetGuard guard) {
        this.signaling = requireNonNull(signaling, "signaling");
        this.timer = requireNonNull(timer, "timer");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.meter = requireNonNull(meter, "meter");
        this.retention = requireNonNull(retention, "retention");
        this.observers = List.copyOf(observers);
        this.guard = requireNonNull(guard, "guard");
    }

    /** Registers a call that has just begun, and starts it. */
    void start(Call call) {
        forgetOld();
        CallRun run = new CallRun(call, clock, new Timers(timer), this::perform);
        if (runs.putIfAbsent(call.facts().id(), run) != null) {
            throw new IllegalStateException("there is a call " + call.facts().id() + " already");
        }
        meter.callStarted(call.facts().direction());
        announce(run, new CallNotice.StateChanged(call.history().get(0)));
        run.apply(new CallEvent.Started());
    }

    /**
     * Applies what happened to a call. Its decisions are carried out in the order of the events.
     *
     * @return false if the call is not known here, or no longer
     */
    public boolean apply(CallId id, CallEvent event) {
        CallRun run = runs.get(id);
        if (run != null) {
            run.apply(event);
        }
        return run != null;
    }

    /** The call of that id, living or ended not too long ago. */
    public Optional<CallSnapshot> find(CallId id) {
        forgetOld();
        return Optional.ofNullable(runs.get(id)).map(this::snapshot);
    }

    /** All that are living or ended not too long ago, newest first. */
    public List<CallSnapshot> list() {
        forgetOld();
        return runs.values().stream()
                .map(this::snapshot)
                .sorted(Comparator.comparing(CallSnapshot::createdAt).reversed())
                .toList();
    }

    /** How many are living. */
    public int active() {
        return Math.max(0, runs.size() - endedCount.get());
    }

    /**
     * Applies what a client wants, if the call's state allows it.
     *
     * @return the call as it is then
     * @throws NoSuchCall if it is not known, or ended too long ago
     * @throws WrongState if the call is in no state for it
     */
    CallSnapshot ask(CallId id, Operation operation, CallEvent wish) {
        allowing(id, operation);
        apply(id, wish);
        return find(id).orElseThrow(() -> new NoSuchCall(id));
    }

    /**
     * The call, if its state allows that.
     *
     * @throws NoSuchCall if it is not known, or ended too long ago
     * @throws WrongState if the call is in no state for it
     */
    CallSnapshot allowing(CallId id, Operation operation) {
        CallSnapshot call = find(id).orElseThrow(() -> new NoSuchCall(id));
        if (!call.allowed().contains(operation)) {
            throw new WrongState(call, operation);
        }
        return call;
    }

    /** @throws UpstreamUnavailable if the guard of its host would let nothing pass now */
    void refuseIfBarred(Party target) {
        guard.barred(target.host()).ifPresent(refused -> {
            throw new UpstreamUnavailable("Upstream unavailable: " + refused.why(), refused.retryAfter());
        });
    }

    Instant now() {
        return clock.instant();
    }

    private CallSnapshot snapshot(CallRun run) {
        return CallSnapshot.of(run.call(), clock.instant());
    }

    private void perform(CallRun run, CallAction action) {
        if (action instanceof SipAction sip) {
            send(run, run.call().facts().id(), sip);
        } else if (action instanceof CallAction.Elsewhere elsewhere) {
            send(run, elsewhere.home(), elsewhere.action());
        } else if (action instanceof CallAction.Tell tell) {
            tell(run, tell);
        } else if (action instanceof CallAction.StartTimer start) {
            run.timers.start(start.timer(), draw(start), name -> run.apply(new CallEvent.TimerFired(name)));
        } else if (action instanceof CallAction.StopTimer stop) {
            run.timers.stop(stop.timer());
        } else if (action instanceof CallAction.MeasureSetup measure) {
            meter.legAnswered(measure.direction(), measure.setup());
        } else if (action instanceof CallAction.Announce announcement) {
            announce(run, announcement.notice());
        } else if (action instanceof CallAction.NoteSurprise note) {
            meter.surprised(note.state(), note.event());
        }
    }

    private void announce(CallRun run, CallNotice notice) {
        CallSnapshot call = snapshot(run);
        observers.forEach(observer -> observer.heard(call, notice));
    }

    private void tell(CallRun run, CallAction.Tell tell) {
        if (!apply(tell.call(), tell.event())) {
            tell.event().undelivered(tell.call()).ifPresent(run::apply);
        }
    }

    private void send(CallRun run, CallId home, SipAction action) {
        if (action instanceof SipAction.Invite invite && !admitted(run, invite)) {
            return;
        }
        try {
            signaling.perform(home, action);
        } catch (RuntimeException refused) {
            apply(home, new LegEvent.SendFailed(action.leg(), action, String.valueOf(refused.getMessage())));
        }
        if (action instanceof SipAction.Release) {
            retire(run);
        }
    }

    private boolean admitted(CallRun run, SipAction.Invite invite) {
        if (invite.to().host().isEmpty()) { // a number: no host is known to be guarded
            return true;
        }
        TargetGuard.Admission admission = guard.admit(invite.to().host());
        if (admission instanceof TargetGuard.Refused refused) {
            String why = "Upstream unavailable: " + refused.why();
            run.apply(new LegEvent.Barred(invite.leg(), why, Hints.retryAfter(refused.retryAfter())));
            return false;
        }
        run.admissions.add(invite.leg(), (TargetGuard.Admitted) admission);
        return true;
    }

    private void retire(CallRun run) {
        run.timers.stopAll();
        run.admissions.close();
        ended.add(run.call().facts().id());
        endedCount.incrementAndGet();
        run.call()
                .cause()
                .map(EndCause::result)
                .ifPresent(result -> meter.callEnded(run.call().facts().direction(), result));
        CallSnapshot last = snapshot(run);
        observers.forEach(observer -> observer.ended(last));
        forgetOld();
    }

    private void forgetOld() {
        Instant horizon = clock.instant().minus(retention.time());
        for (CallId id = ended.peek(); id != null && isOld(id, horizon); id = ended.peek()) {
            if (ended.remove(id)) {
                endedCount.decrementAndGet();
                runs.remove(id);
            }
        }
    }

    private boolean isOld(CallId id, Instant horizon) {
        CallRun run = runs.get(id);
        return endedCount.get() > retention.count()
                || run == null
                || run.call().endedAt().map(horizon::isAfter).orElse(false);
    }

    private Duration draw(CallAction.StartTimer start) {
        long spread = start.atMost().minus(start.atLeast()).toMillis();
        return spread == 0 ? start.atLeast() : start.atLeast().plusMillis(random.nextLong(spread + 1));
    }
}
