// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
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
            case 0 -> Call.dial(Story.facts(Direction.OUTBOUND), NOON);
            case 1 -> Call.arrive(Story.facts(Direction.INBOUND), bridge(), offer, NOON);
            case 2 -> Call.arrive(Story.facts(Direction.INBOUND), bridge(), Optional.empty(), NOON);
            default -> Call.arrive(Story.facts(Direction.INBOUND), new Plan.Echo(), offer, NOON);
        };
    }

    private static Plan bridge() {
        return new Plan.Bridge(Party.of("sip:bob@192.0.2.9"));
    }

    @Property(tries = 10_000)
    void phones_that_keep_the_rules_hear_nothing_illegal_and_all_come_to_rest(
            @ForAll @IntRange(min = 0, max = 3) int kind, @ForAll long seed) {
        new World(kind, new Random(seed)).run();
    }

    /** Two phones, the network between them and us, and timers that may run out at any time. */
    private static final class World {
        private final Random random;
        private final Map<LegId, SimulatedPhone> phones = new EnumMap<>(LegId.class);
        private final Set<TimerName> timers = EnumSet.noneOf(TimerName.class);
        private final Map<LegId, Boolean> heard1xx = new EnumMap<>(LegId.class);
        private final Set<LegId> unacknowledged = EnumSet.noneOf(LegId.class);
        private final Set<LegId> established = EnumSet.noneOf(LegId.class);
        private final List<Object> log = new ArrayList<>();
        private Call call;
        private boolean released;

        World(int kind, Random random) {
            this.random = random;
            for (LegId leg : LegId.values()) {
                phones.put(leg, new SimulatedPhone(leg));
            }
            if (kind > 0) {
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
                    .filter(timer -> timer != TimerName.END)
                    .filter(timer -> timer == TimerName.GLARE || random.nextInt(8) == 0)
                    .forEach(timer -> moves.add(() -> on(new CallEvent.TimerFired(timer))));
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
                phones.get(sip.leg()).fromUs.add(sip);
            } else if (action instanceof CallAction.NoteSurprise surprise) {
                throw new AssertionError("surprised by a phone that keeps the rules: " + surprise);
            }
        }

        /** What a phone cannot see: whether we had heard what allows us to say it. */
        private void checkOrder(SipAction action) {
            if (action instanceof SipAction.Cancel) {
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

    @Property(tries = 10_000)
    void events_that_make_no_sense_are_survived(@ForAll @IntRange(min = 0, max = 3) int kind, @ForAll long seed) {
        Random random = new Random(seed);
        Call call = call(kind);
        List<CallAction> all = new ArrayList<>();
        CallEvent event = new CallEvent.Started();
        for (int i = random.nextInt(40); i >= 0; i--) {
            Step step = call.on(event, NOON);
            call = step.next();
            all.addAll(step.actions());
            event = anyEvent(random, all);
        }
        for (CallEvent last : List.of(new CallEvent.HangUpRequested(), new CallEvent.TimerFired(TimerName.END))) {
            Step step = call.on(last, NOON);
            call = step.next();
            all.addAll(step.actions());
        }
        assertThat(call.isTerminated()).isTrue();
        assertThat(all.get(all.size() - 1)).isInstanceOf(SipAction.Release.class);
        for (LegId leg : LegId.values()) {
            assertThat(count(all, SipAction.Invite.class, leg)).isLessThanOrEqualTo(1);
            assertThat(count(all, SipAction.Cancel.class, leg)).isLessThanOrEqualTo(1);
            assertThat(count(all, SipAction.Bye.class, leg)).isLessThanOrEqualTo(1);
        }
    }

    private static long count(List<CallAction> actions, Class<? extends SipAction> type, LegId leg) {
        return actions.stream()
                .filter(type::isInstance)
                .filter(a -> ((SipAction) a).leg() == leg)
                .count();
    }

    private static CallEvent anyEvent(Random random, List<CallAction> done) {
        LegId leg = random.nextBoolean() ? LegId.A : LegId.B;
        Optional<Sdp> sdp = random.nextBoolean() ? Sdps.audio("x", random.nextInt(9)) : Optional.empty();
        List<SipAction> sent = done.stream()
                .filter(SipAction.class::isInstance)
                .map(SipAction.class::cast)
                .toList();
        return switch (random.nextInt(sent.isEmpty() ? 14 : 15)) {
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
            case 12 -> new CallEvent.TimerFired(TimerName.values()[random.nextInt(TimerName.values().length - 1)]);
            case 13 -> random.nextInt(6) == 0 ? new CallEvent.HangUpRequested() : new CallEvent.InfoReceived(leg, 1);
            default -> {
                SipAction failed = sent.get(random.nextInt(sent.size()));
                yield new LegEvent.SendFailed(failed.leg(), failed, "broken");
            }
        };
    }
}
