// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;

/** Whatever two calls do with each other's legs, no leg is left without an end and nothing told is lost. */
class TwoCallsTest {
    private static final Map<String, Integer> SEEN = new TreeMap<>();
    private static final int TRIES = 10_000;
    private static final int MOST_CALLS = 4;
    private final Plan bridge = new Plan.Bridge(Party.of("sip:bob@192.0.2.9"));

    @Property(tries = TRIES)
    void four_phones_hear_nothing_illegal_and_all_come_to_rest(@ForAll long seed) {
        SEEN.merge("tried", 1, Integer::sum);
        Random random = new Random(seed);
        World world = new World(random);
        arrives(world, 1, bridge, random.nextInt(4) > 0);
        arrives(world, 2, bridge, random.nextInt(4) > 0);
        if (random.nextInt(4) > 0) {
            world.agreesAtFirst();
        }
        world.run(60, random.nextInt(40), w -> wish(w, random)).forEach(what -> SEEN.merge(what, 1, Integer::sum));
    }

    @AfterProperty
    void the_world_was_worth_the_while() {
        boolean whole = SEEN.getOrDefault("tried", 0) >= TRIES; // not after a failure, which speaks for itself
        if (whole) {
            assertThat(SEEN).containsKeys("join by b2bua", "replacement by b2bua", "blind by b2bua", "held");
        }
    }

    private static void arrives(World world, int number, Plan plan, boolean offer) {
        CallId id = new CallId(new UUID(number, number));
        world.phone(new Home(id, LegId.A)).calls(offer);
        world.add(Call.arrive(
                Story.facts(id, Direction.INBOUND),
                plan,
                offer ? Sdps.audio("a", 1) : Optional.empty(),
                Peer.UNKNOWN,
                Story.NOON));
    }

    private void wish(World world, Random random) {
        Call call = world.calls().get(random.nextInt(world.calls().size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> world.on(call.facts().id(), join(world, random));
            case 4, 5 -> {
                Optional<Home> replaced = world.anyDialog();
                if (replaced.isPresent() && world.calls().size() < MOST_CALLS) {
                    Plan plan = new Plan.Replace(replaced.get(), random.nextInt(8) == 0);
                    arrives(world, world.calls().size() + 1, plan, random.nextBoolean());
                }
            }
            case 6 -> {
                if (random.nextInt(5) == 0) {
                    world.on(call.facts().id(), new CallEvent.HangUpRequested());
                }
            }
            default -> world.on(call.facts().id(), AnySequenceTest.wish(random, call));
        }
    }

    private static CallEvent join(World world, Random random) {
        Call other = world.calls().get(random.nextInt(world.calls().size()));
        return new CallEvent.TransferRequested(Transfer.requested(
                new TransferId(new UUID(random.nextLong(), random.nextLong())),
                Transfer.Kind.JOIN,
                random.nextBoolean() ? Side.CALLER : Side.CALLEE,
                other.facts().id().toString(),
                Transfer.Method.AUTO,
                Story.NOON));
    }
}
