// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Calls, their phones, the network between them and us, a register that brings what one call tells another in its own
 * time, and timers that may run out at any time.
 */
final class World {
    private static final int MOVES_TO_END = 600;

    /** One timer of one call. */
    private record Alarm(CallId call, TimerKey timer) {}

    /** What one call tells another waits here; the order between two is kept. */
    private record Line(CallId from, CallId to) {}

    private final Random random;
    private final Map<CallId, Call> calls = new LinkedHashMap<>();
    private final Map<Home, SimulatedPhone> phones = new LinkedHashMap<>();
    private final Set<Alarm> alarms = new LinkedHashSet<>();
    private final Map<Line, Deque<CallEvent>> lines = new LinkedHashMap<>();
    private final Set<Home> heard1xx = new HashSet<>();
    private final Set<Home> unacknowledged = new HashSet<>();
    private final Set<Home> established = new HashSet<>();
    private final Map<CallId, Integer> releases = new HashMap<>();
    private final List<Object> log = new ArrayList<>();
    private final Set<String> reached = new TreeSet<>();

    /** Phones mostly agree and seldom do anything by themselves. */
    private final boolean calm;

    World(Random random) {
        this.random = random;
        this.calm = random.nextInt(3) > 0;
    }

    /** Something that may happen besides what the phones, the network and the timers do. */
    @FunctionalInterface
    interface Wish {
        void now(World world);
    }

    // ---- making it ----

    SimulatedPhone phone(Home home) {
        return phones.computeIfAbsent(home, h -> new SimulatedPhone(h.leg(), abilities(), this::anyDialog));
    }

    private Peer abilities() {
        return random.nextBoolean()
                ? Peer.UNKNOWN
                : new Peer(Set.of("REFER", "UPDATE"), Set.of("replaces"), Optional.empty(), Optional.empty());
    }

    /** A dialog that a Replaces header may name; sometimes none, sometimes one of the same call. */
    Optional<Home> anyDialog() {
        List<Home> homes = List.copyOf(phones.keySet());
        return calls.size() < 2 || random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(homes.get(random.nextInt(homes.size())));
    }

    void add(Call call) {
        CallId id = call.facts().id();
        calls.put(id, call);
        phone(new Home(id, LegId.A));
        phone(new Home(id, LegId.B));
        on(id, new CallEvent.Started());
    }

    List<Call> calls() {
        return List.copyOf(calls.values());
    }

    /** Everybody agrees to everything for a while. */
    void agreesAtFirst() {
        for (int i = 0; i < 12; i++) {
            phones.values().forEach(SimulatedPhone::agrees);
            List.copyOf(phones.keySet()).forEach(this::network);
        }
    }

    private void network(Home home) {
        SimulatedPhone phone = phones.get(home);
        while (!phone.toUs.isEmpty()) {
            passes(home, phone);
        }
        while (!phone.fromUs.isEmpty()) {
            phone.hears(phone.fromUs.remove());
        }
    }

    // ---- running it ----

    /** @return what was reached on the way */
    Set<String> run(int moves, int wishes, Wish wish) {
        try {
            for (int i = 0; i < moves; i++) {
                move(i < wishes, wish);
            }
            List.copyOf(calls.keySet()).forEach(id -> on(id, new CallEvent.HangUpRequested()));
            for (int i = 0; i < MOVES_TO_END && !isQuiet(); i++) {
                move(false, wish);
                if (nothingUnderWay()) {
                    phones.values().forEach(phone -> phone.duty().ifPresent(Runnable::run));
                }
            }
            calls.values().forEach(this::isOver);
            assertThat(phones.values()).allMatch(SimulatedPhone::isAtRest);
            assertThat(lines.values()).as("nothing told is lost").allMatch(Deque::isEmpty);
            return reached;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e + "\n" + log.stream().map(String::valueOf).collect(Collectors.joining("\n")), e);
        }
    }

    private void isOver(Call call) {
        assertThat(call.isTerminated()).as("%s is over", call).isTrue();
        assertThat(releases.get(call.facts().id())).as("releases of %s", call).isEqualTo(1);
        assertThat(call.transfers()).allMatch(Transfer::hasEnded);
        StateTable.isKeptBy(call);
    }

    private boolean isQuiet() {
        return nothingUnderWay()
                && releases.size() == calls.size()
                && phones.values().stream().allMatch(SimulatedPhone::isAtRest);
    }

    private boolean nothingUnderWay() {
        return lines.values().stream().allMatch(Deque::isEmpty)
                && phones.values().stream().allMatch(phone -> phone.toUs.isEmpty() && phone.fromUs.isEmpty());
    }

    private void move(boolean wishing, Wish wish) {
        List<Runnable> moves = new ArrayList<>();
        phones.forEach((home, phone) -> {
            if (!phone.toUs.isEmpty() && isToldEverything(home.call())) {
                moves.add(() -> passes(home, phone));
            }
            if (!phone.fromUs.isEmpty()) {
                moves.add(() -> phone.hears(phone.fromUs.remove()));
            }
            if (calm) {
                moves.add(phone::agrees);
            }
            if (wishing && (!calm || random.nextInt(25) == 0)) {
                moves.addAll(phone.wishes());
            }
        });
        lines.forEach((line, waiting) -> {
            if (!waiting.isEmpty()) {
                moves.add(() -> on(line.to(), waiting.remove()));
            }
        });
        for (Alarm alarm : alarms) {
            TimerName name = alarm.timer().name();
            if (name == TimerName.GLARE || name != TimerName.END && random.nextInt(calm ? 100 : 8) == 0) {
                moves.add(() -> on(alarm.call(), new CallEvent.TimerFired(alarm.timer())));
            }
        }
        if (wishing && (!calm || nothingUnderWay() || random.nextInt(10) == 0)) {
            moves.add(() -> wish.now(this));
        }
        if (!moves.isEmpty()) {
            moves.get(random.nextInt(moves.size())).run();
        }
    }

    /** What calls tell each other does not take as long as a message of a phone. */
    private boolean isToldEverything(CallId call) {
        return lines.entrySet().stream()
                .filter(e -> e.getKey().from().equals(call) || e.getKey().to().equals(call))
                .allMatch(e -> e.getValue().isEmpty());
    }

    private void passes(Home home, SimulatedPhone phone) {
        phone.passes(phone.toUs.remove()).ifPresent(event -> on(home.call(), event));
    }

    // ---- what happens ----

    void on(CallId id, CallEvent event) {
        log.add(List.of(id, "<-", event));
        if (event instanceof LegEvent.Progressed e) {
            heard1xx.add(new Home(id, e.leg()));
        }
        if (event instanceof LegEvent.Acked e) {
            unacknowledged.remove(new Home(id, e.leg()));
            established.add(new Home(id, e.leg()));
        }
        if (event instanceof CallEvent.TimerFired e) {
            alarms.remove(new Alarm(id, e.timer()));
        }
        Step step = calls.get(id).on(event, Story.NOON);
        calls.put(id, step.next());
        log.add(step.next());
        for (CallAction action : step.actions()) {
            perform(id, action, event);
        }
        if (random.nextInt(16) == 0) {
            Offers.areKept(calls.get(id));
        }
    }

    private void perform(CallId id, CallAction action, CallEvent cause) {
        log.add(action);
        if (!(action instanceof CallAction.Tell)) {
            assertThat(releases).as("nothing follows the release").doesNotContainKey(id);
        }
        if (action instanceof CallAction.StartTimer e) {
            alarms.add(new Alarm(id, e.timer()));
        } else if (action instanceof CallAction.StopTimer e) {
            alarms.remove(new Alarm(id, e.timer()));
        } else if (action instanceof CallAction.Tell e) {
            tell(id, e);
        } else if (action instanceof CallAction.Elsewhere e) {
            send(e.home(), e.action());
        } else if (action instanceof SipAction.Release) {
            releases.merge(id, 1, Integer::sum);
            assertThat(alarms).as("no timer outlives its call").noneMatch(alarm -> alarm.call()
                    .equals(id));
        } else if (action instanceof SipAction sip) {
            send(id, sip);
        } else if (action instanceof CallAction.Announce e) {
            noteReached(calls.get(id), e.notice());
        } else if (action instanceof CallAction.NoteSurprise surprise && !isWish(cause)) {
            throw new AssertionError("surprised by a phone that keeps the rules: " + surprise);
        }
    }

    private void tell(CallId from, CallAction.Tell tell) {
        if (calls.containsKey(tell.call())) {
            lines.computeIfAbsent(new Line(from, tell.call()), l -> new ArrayDeque<>())
                    .add(tell.event());
        } else {
            tell.event().undelivered(tell.call()).ifPresent(back -> lines.computeIfAbsent(
                            new Line(tell.call(), from), l -> new ArrayDeque<>())
                    .add(back));
        }
    }

    private void send(CallId call, SipAction action) {
        assertThat(releases).as("the stack still works for it").doesNotContainKey(call);
        Home home = new Home(call, action.leg());
        if (action instanceof SipAction.Respond && !phone(home).canBeAnswered()) {
            lines.computeIfAbsent(new Line(call, call), l -> new ArrayDeque<>())
                    .add(new LegEvent.SendFailed(home.leg(), action, "cancelled"));
            return;
        }
        checkOrder(home, action);
        phone(home).fromUs.add(action);
    }

    /** A client may want anything at any time. */
    private static boolean isWish(CallEvent event) {
        String name = event.getClass().getSimpleName();
        return name.endsWith("Requested") || name.equals("Decided");
    }

    /** What a phone cannot see: whether we had heard what allows us to say it. */
    private void checkOrder(Home home, SipAction action) {
        if (action instanceof SipAction.InviteAgain) {
            heard1xx.remove(home);
        } else if (action instanceof SipAction.Cancel) {
            assertThat(heard1xx).as("a 1xx before a CANCEL").contains(home);
        } else if (action instanceof SipAction.Ack) {
            established.add(home);
        } else if (action instanceof SipAction.Respond e && e.status() == 200) {
            unacknowledged.add(home);
        } else if (action instanceof SipAction.Bye && !established.contains(home)) {
            assertThat(unacknowledged).as("an ACK before a BYE").doesNotContain(home);
        }
    }

    private void noteReached(Call call, CallNotice notice) {
        if (notice instanceof CallNotice.TransferChanged e && e.transfer().state() == Transfer.State.CONSULTING) {
            reached.add("consulted");
        }
        if (notice instanceof CallNotice.TransferChanged e && e.transfer().state() == Transfer.State.COMPLETED) {
            reached.add(
                    e.transfer().kind().word() + " by " + e.transfer().method().word());
        }
        List<StateChange> history = call.history();
        if (call.state() == CallState.ON_HOLD) {
            reached.add("held");
        }
        boolean resumed = history.size() > 1
                && call.state() == CallState.CONNECTED
                && history.get(history.size() - 2).state() == CallState.ON_HOLD;
        if (resumed) {
            reached.add("resumed");
        }
    }
}
