// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever happens in whatever order, no leg is left without an end and nothing illegal is said. */
class AnySequenceTest {
    private static final Instant NOON = Story.NOON;

    private static Call call(int kind) {
        Optional<Sdp> offer = Sdps.audio("a", 1);
        return switch (kind) {
            case 0 -> Call.dial(Story.facts(Direction.OUTBOUND), Dialing.BOTH, NOON);
            case 1 -> Call.arrive(Story.facts(Direction.INBOUND), bridge(), offer, Peer.UNKNOWN, NOON);
            case 2 -> Call.arrive(Story.facts(Direction.INBOUND), bridge(), Optional.empty(), Peer.UNKNOWN, NOON);
            case 3 -> Call.arrive(Story.facts(Direction.INBOUND), new Plan.Echo(), offer, Peer.UNKNOWN, NOON);
            case 4 -> Call.dial(Story.facts(Direction.OUTBOUND), Dialing.BOTH_WITH_EARLY_MEDIA, NOON);
            case 5 -> Call.dial(Story.facts(Direction.OUTBOUND), Dialing.CALLEE_ALONE, NOON);
            default ->
                Call.arrive(
                        Story.facts(Direction.INBOUND),
                        new Plan.Offer(Duration.ofSeconds(20), 480),
                        offer,
                        Peer.UNKNOWN,
                        NOON);
        };
    }

    private static boolean weDial(int kind) {
        return kind == 0 || kind == 4 || kind == 5;
    }

    /** Something that a client may ask for. */
    private static CallEvent wish(Random random, Call call) {
        Side side = random.nextBoolean() ? Side.CALLER : Side.CALLEE;
        Optional<TransferId> last = call.transfers().stream().map(Transfer::id).reduce((x, y) -> y);
        return switch (random.nextInt(12)) {
            case 0, 1 -> new CallEvent.HoldRequested();
            case 2, 3 -> new CallEvent.ResumeRequested();
            case 4 -> new CallEvent.DigitsRequested(side, "1#");
            case 5 ->
                new CallEvent.Decided(new Decision[] {
                            new Decision.Answer(),
                            new Decision.Echo(),
                            new Decision.Ring(),
                            new Decision.Bridge(Party.of("sip:bob@192.0.2.9")),
                            new Decision.Reject(486, ""),
                            new Decision.Redirect(Party.of("sip:dora@192.0.2.9"))
                        }
                        [random.nextInt(6)]);
            case 6, 7, 8 -> transfer(random, side);
            case 9, 10 ->
                last.<CallEvent>map(CallEvent.TransferCompletionRequested::new).orElseGet(CallEvent.HoldRequested::new);
            default ->
                last.<CallEvent>map(CallEvent.TransferCancelRequested::new).orElseGet(CallEvent.HoldRequested::new);
        };
    }

    private static CallEvent transfer(Random random, Side side) {
        TransferId id = new TransferId(new UUID(random.nextLong(), random.nextLong()));
        Transfer.Kind kind = random.nextBoolean() ? Transfer.Kind.BLIND : Transfer.Kind.ATTENDED;
        Transfer.Method method = Transfer.Method.values()[random.nextInt(3)];
        return new CallEvent.TransferRequested(
                Transfer.requested(id, kind, side, "sip:carol" + random.nextInt(9) + "@192.0.2.3", method, NOON));
    }

    private static Plan bridge() {
        return new Plan.Bridge(Party.of("sip:bob@192.0.2.9"));
    }

    @Property(tries = 20_000)
    void phones_that_keep_the_rules_hear_nothing_illegal_and_all_come_to_rest(
            @ForAll @IntRange(min = 0, max = 6) int kind, @ForAll long seed) {
        new World(kind, new Random(seed)).run();
    }

    /** Two phones, the network between them and us, and timers that may run out at any time. */
    private static final class World {
        private final Random random;
        private final Map<LegId, SimulatedPhone> phones = new TreeMap<>();
        private final Set<TimerKey> timers = new TreeSet<>(Comparator.comparing(TimerKey::toString));
        private final Map<LegId, Boolean> heard1xx = new TreeMap<>();
        private final Set<LegId> unacknowledged = new HashSet<>();
        private final Set<LegId> established = new HashSet<>();
        private final List<Object> log = new ArrayList<>();
        private Call call;
        private boolean released;

        World(int kind, Random random) {
            this.random = random;
            for (LegId leg : List.of(LegId.A, LegId.B)) {
                phones.put(leg, new SimulatedPhone(leg));
            }
            if (!weDial(kind)) {
                phones.get(LegId.A).calls(kind != 2);
            }
            this.call = call(kind);
            on(new CallEvent.Started());
        }

        void run() {
            try {
                int wishes = random.nextInt(25);
                for (int i = 0; i < 60; i++) {
                    move(i < wishes);
                }
                on(new CallEvent.HangUpRequested());
                for (int i = 0; i < 200 && !isQuiet(); i++) {
                    move(false);
                    if (nothingUnderWay()) {
                        phones.values().forEach(phone -> phone.duty().ifPresent(Runnable::run));
                    }
                }
                assertThat(call.isTerminated()).as("the call is over").isTrue();
                assertThat(phones.values()).allMatch(SimulatedPhone::isAtRest);
            } catch (AssertionError e) {
                throw new AssertionError(
                        e.getMessage() + "\n"
                                + log.stream().map(String::valueOf).collect(Collectors.joining("\n")),
                        e);
            }
        }

        private boolean isQuiet() {
            return call.isTerminated() && phones.values().stream().allMatch(SimulatedPhone::isAtRest);
        }

        private boolean nothingUnderWay() {
            return phones.values().stream().allMatch(phone -> phone.toUs.isEmpty() && phone.fromUs.isEmpty());
        }

        private void move(boolean wishing) {
            List<Runnable> moves = new ArrayList<>();
            phones.forEach((leg, phone) -> {
                if (!phone.toUs.isEmpty()) {
                    moves.add(() -> phone.passes(phone.toUs.remove()).ifPresent(this::on));
                }
                if (!phone.fromUs.isEmpty()) {
                    moves.add(() -> phone.hears(phone.fromUs.remove()));
                }
                if (wishing) {
                    moves.addAll(phone.wishes());
                }
            });
            timers.stream()
                    .filter(timer -> timer.name() != TimerName.END)
                    .filter(timer -> timer.name() == TimerName.GLARE || random.nextInt(8) == 0)
                    .toList()
                    .forEach(timer -> moves.add(() -> on(new CallEvent.TimerFired(timer))));
            if (wishing) {
                moves.add(() -> on(wish(random, call)));
            }
            if (wishing && random.nextInt(20) == 0) {
                moves.add(() -> on(new CallEvent.HangUpRequested()));
            }
            if (!moves.isEmpty()) {
                moves.get(random.nextInt(moves.size())).run();
            }
        }

        private void on(CallEvent event) {
            log.add(event);
            if (event instanceof LegEvent.Progressed e) {
                heard1xx.put(e.leg(), true);
            }
            if (event instanceof LegEvent.Acked e) {
                unacknowledged.remove(e.leg());
                established.add(e.leg());
            }
            if (event instanceof CallEvent.TimerFired e) {
                timers.remove(e.timer());
            }
            Step step = call.on(event, NOON);
            call = step.next();
            step.actions().forEach(this::perform);
            log.add(call);
        }

        private void perform(CallAction action) {
            log.add(action);
            assertThat(released).as("nothing follows the release").isFalse();
            if (action instanceof CallAction.StartTimer e) {
                timers.add(e.timer());
            } else if (action instanceof CallAction.StopTimer e) {
                timers.remove(e.timer());
            } else if (action instanceof SipAction.Release) {
                released = true;
                assertThat(timers).as("no timer outlives the call").isEmpty();
            } else if (action instanceof SipAction sip) {
                checkOrder(sip);
                phones.computeIfAbsent(sip.leg(), SimulatedPhone::new).fromUs.add(sip);
            } else if (action instanceof CallAction.NoteSurprise surprise && !isWish(surprise.event())) {
                throw new AssertionError("surprised by a phone that keeps the rules: " + surprise);
            }
        }

        /** A client may want anything at any time. */
        private static boolean isWish(String event) {
            return event.endsWith("Requested") || event.equals("Decided");
        }

        /** What a phone cannot see: whether we had heard what allows us to say it. */
        private void checkOrder(SipAction action) {
            if (action instanceof SipAction.InviteAgain) {
                heard1xx.remove(action.leg());
            } else if (action instanceof SipAction.Cancel) {
                assertThat(heard1xx).as("a 1xx before a CANCEL").containsKey(action.leg());
            } else if (action instanceof SipAction.Ack) {
                established.add(action.leg());
            } else if (action instanceof SipAction.Respond e && e.status() == 200) {
                unacknowledged.add(e.leg());
            } else if (action instanceof SipAction.Bye && !established.contains(action.leg())) {
                assertThat(unacknowledged).as("an ACK before a BYE").doesNotContain(action.leg());
            }
        }
    }

    @Property(tries = 20_000)
    void events_that_make_no_sense_are_survived(@ForAll @IntRange(min = 0, max = 6) int kind, @ForAll long seed) {
        Random random = new Random(seed);
        Call call = call(kind);
        List<CallAction> all = new ArrayList<>();
        CallEvent event = new CallEvent.Started();
        for (int i = random.nextInt(40); i >= 0; i--) {
            Step step = call.on(event, NOON);
            call = step.next();
            all.addAll(step.actions());
            event = anyEvent(random, call, all);
        }
        for (CallEvent last : List.of(new CallEvent.HangUpRequested(), new CallEvent.TimerFired(TimerName.END))) {
            Step step = call.on(last, NOON);
            call = step.next();
            all.addAll(step.actions());
        }
        assertThat(call.isTerminated()).isTrue();
        assertThat(all.get(all.size() - 1)).isInstanceOf(SipAction.Release.class);
        Set<LegId> legs = all.stream()
                .filter(SipAction.class::isInstance)
                .map(action -> ((SipAction) action).leg())
                .collect(Collectors.toSet());
        for (LegId leg : legs) {
            assertThat(count(all, SipAction.Invite.class, leg)).isLessThanOrEqualTo(1);
            assertThat(count(all, SipAction.Cancel.class, leg)).isLessThanOrEqualTo(1);
            assertThat(count(all, SipAction.Bye.class, leg)).isLessThanOrEqualTo(1);
        }
    }

    private static CallEvent anyTimer(Random random, LegId leg) {
        TimerName name = TimerName.values()[random.nextInt(TimerName.values().length - 1)];
        return new CallEvent.TimerFired(
                name == TimerName.GLARE || name == TimerName.SESSION ? name.of(leg) : name.ofCall());
    }

    private static long count(List<CallAction> actions, Class<? extends SipAction> type, LegId leg) {
        return actions.stream()
                .filter(type::isInstance)
                .filter(a -> ((SipAction) a).leg().equals(leg))
                .count();
    }

    private static CallEvent anyEvent(Random random, Call call, List<CallAction> done) {
        LegId leg = new LegId(random.nextInt(4));
        Optional<Sdp> sdp = random.nextBoolean() ? Sdps.audio("x", random.nextInt(9)) : Optional.empty();
        List<SipAction> sent = done.stream()
                .filter(SipAction.class::isInstance)
                .map(SipAction.class::cast)
                .toList();
        return switch (random.nextInt(sent.isEmpty() ? 21 : 23)) {
            case 0 -> new LegEvent.Progressed(leg, 100, Optional.empty());
            case 1 -> new LegEvent.Progressed(leg, 183, sdp);
            case 2, 3 -> new LegEvent.Answered(leg, sdp);
            case 4 -> new LegEvent.Rejected(leg, 300 + random.nextInt(400), "");
            case 5 -> new LegEvent.Cancelled(leg);
            case 6, 7 -> new LegEvent.Acked(leg, sdp);
            case 8 -> new LegEvent.AckMissing(leg);
            case 9 -> new LegEvent.ByeReceived(leg);
            case 10 -> new LegEvent.ByeAnswered(leg);
            case 11 -> new LegEvent.Reinvited(leg, sdp);
            case 12 -> anyTimer(random, leg);
            case 14 -> new LegEvent.Updated(leg, sdp, Peer.UNKNOWN);
            case 15 -> new LegEvent.UpdateAnswered(leg, 200 + random.nextInt(300), Peer.UNKNOWN);
            case 16 -> new CallEvent.ReferReceived(leg, 1, "sip:c@h", random.nextBoolean(), Optional.empty(), false);
            case 17 -> new CallEvent.ReferAnswered(leg, 200 + random.nextInt(300), "");
            case 18 -> new CallEvent.Notified(leg, 100 + random.nextInt(500), "", random.nextBoolean());
            case 19, 20 -> wish(random, call);
            case 13 -> random.nextInt(6) == 0 ? new CallEvent.HangUpRequested() : new CallEvent.InfoReceived(leg, 1);
            default -> {
                SipAction failed = sent.get(random.nextInt(sent.size()));
                yield new LegEvent.SendFailed(failed.leg(), failed, "broken");
            }
        };
    }
}
