// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever happens in whatever order, no leg is left without an end and nothing illegal is said. */
class AnySequenceTest {
    private static final int TRIES = 5_000;
    private static final Instant NOON = Story.NOON;

    /** What the phones' world must get to now and then, or it proves little. */
    private static final String[] REACHED = {
        "blind by b2bua", "blind by refer", "attended by b2bua", "attended by refer", "consulted", "held", "resumed"
    };

    private static final Map<String, Integer> SEEN = new TreeMap<>();

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
    static CallEvent wish(Random random, Call call) {
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

    @Property(tries = TRIES)
    void phones_that_keep_the_rules_hear_nothing_illegal_and_all_come_to_rest(
            @ForAll @IntRange(min = 0, max = 6) int kind, @ForAll long seed) {
        SEEN.merge("tried", 1, Integer::sum);
        Random random = new Random(seed);
        World world = new World(random);
        if (!weDial(kind)) {
            world.phone(new Home(Story.facts(Direction.INBOUND).id(), LegId.A)).calls(kind != 2);
        }
        world.add(call(kind));
        if (random.nextBoolean()) {
            world.agreesAtFirst();
        }
        Set<String> reached = world.run(60, random.nextInt(40), w -> {
            Call call = w.calls().get(0);
            w.on(call.facts().id(), random.nextInt(40) == 0 ? new CallEvent.HangUpRequested() : wish(random, call));
        });
        reached.forEach(what -> SEEN.merge(what, 1, Integer::sum));
    }

    @AfterProperty
    void the_world_was_worth_the_while() {
        if (SEEN.getOrDefault("tried", 0) >= TRIES) { // not after a failure, which speaks for itself
            assertThat(SEEN).containsKeys(REACHED);
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
