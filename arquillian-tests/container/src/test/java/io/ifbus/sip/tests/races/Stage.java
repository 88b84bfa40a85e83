// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.OnTheWire;
import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.PhoneBuilder;
import io.ifbus.sip.tests.server.Api;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One telling of a story: its phones, its calls, and the order in which two moves of it are made. At its end the phones'
 * traces are held to the {@linkplain WireLaws laws}. For one thread.
 */
final class Stage implements AutoCloseable {

    /** How two moves meet. */
    enum Order {
        /** The first has had its effect on the wire before the second is made, by somebody who does not know of it yet. */
        AS_TOLD,
        /** The other way round. */
        REVERSED,
        /** At almost the same time. */
        RANDOM
    }

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration QUIET = Duration.ofMillis(60);
    private static final long GLANCE_NS = 1_000_000;
    private static final int APART_US = 12_000;

    final Order order;
    final Random random;
    private final ServerProcess server;
    private final Api api;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Phone> phones = new ArrayList<>();
    private final List<CompletableFuture<?>> wishes = new ArrayList<>();
    private final Set<Law> suspended = EnumSet.noneOf(Law.class);
    private boolean leading;

    Stage(ServerProcess server, Api api, Order order, Random random) {
        this.server = server;
        this.api = api;
        this.order = order;
        this.random = random;
    }

    Actor actor(String name) {
        try {
            Actor actor = new Actor(this, name);
            actors.add(actor);
            return actor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another phone, which has its own threads. */
    Phone phone(PhoneBuilder wanted) {
        Phone phone = wanted.switchedOn();
        phones.add(phone);
        return phone;
    }

    Api api() {
        return api;
    }

    /** Whoever uses the API without knowing how the call stands. */
    Client client() {
        return new Client(api);
    }

    int port() {
        return server.ports().sip();
    }

    String uri(String user) {
        return server.sipUri(user);
    }

    /** The story's phones break this law, or make us break it. */
    void suspends(Law... laws) {
        suspended.addAll(List.of(laws));
    }

    // ---- calls ----

    /** Two phones that the API has connected. */
    ApiCall connected(Actor a, Actor b) {
        ApiCall call = api.connect(a.uri(), b.uri());
        answered(a);
        answered(b);
        return calm(call);
    }

    /** One that calls the other, through us. */
    ApiCall bridged(Actor a, Actor b) {
        a.invites(uri(Integer.toString(b.peer.port())));
        answered(b);
        return calm(callOf(a));
    }

    private ApiCall calm(ApiCall call) {
        becomes(call, "connected");
        isQuiet();
        actors.forEach(Actor::forgets);
        return call;
    }

    void ringing(Actor phone) {
        phone.hears("INVITE");
        phone.rings();
    }

    void answered(Actor phone) {
        ringing(phone);
        phone.answers();
    }

    /** The call that this phone has begun. */
    ApiCall callOf(Actor caller) {
        return callOf(caller.peer);
    }

    ApiCall callOf(OnTheWire caller) {
        List<ApiCall> found = new ArrayList<>();
        until(
                Client.nowAndThen(
                        () -> client().callFrom(caller.port()).map(found::add).isPresent()),
                "a call from " + caller.port(),
                true);
        return found.get(0);
    }

    // ---- time ----

    /** Makes two moves in the order of this telling. */
    void cross(Runnable one, Runnable other) {
        switch (order) {
            case AS_TOLD -> inTurn(one, other);
            case REVERSED -> inTurn(other, one);
            case RANDOM -> atRandom(one, other);
        }
    }

    private void inTurn(Runnable first, Runnable second) {
        leading = true;
        first.run();
        leading = false;
        second.run();
    }

    private void atRandom(Runnable one, Runnable other) {
        long start = System.nanoTime();
        long first = start + random.nextInt(APART_US) * 1000L;
        long second = start + random.nextInt(APART_US) * 1000L;
        listensUntil(Math.min(first, second));
        (first <= second ? one : other).run();
        listensUntil(Math.max(first, second));
        (first <= second ? other : one).run();
    }

    /** Lets the phones do what they do by themselves until then. */
    void listensUntil(long nanoTime) {
        while (System.nanoTime() < nanoTime) listen();
    }

    /** A wish of a client; at random it is made beside the phones' moves. */
    Runnable wish(Runnable wish) {
        return () -> {
            if (order == Order.RANDOM) wishes.add(CompletableFuture.runAsync(wish));
            else wish.run();
        };
    }

    /** The same; if it comes first, {@code phone} has its effect before the other move, and does not heed it yet. */
    Runnable wish(Runnable wish, Actor phone, String effect) {
        return move(wish(wish), phone, effect);
    }

    /** A move of a phone; if it comes first, {@code phone} has its effect before the other move, and does not heed it yet. */
    Runnable move(Runnable move, Actor phone, String effect) {
        return () -> {
            move.run();
            if (leading && order != Order.RANDOM) phone.sees(effect);
        };
    }

    void until(BooleanSupplier condition, String what, boolean listening) {
        until(condition, what, listening, PATIENCE);
    }

    private void until(BooleanSupplier condition, String what, boolean listening, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("waited in vain for " + what + story());
            if (listening) listen();
        }
    }

    private void listen() {
        if (actors.isEmpty()) LockSupport.parkNanos(GLANCE_NS); // the phones of this story have their own threads
        actors.forEach(Actor::listens);
    }

    /** Nothing comes for a while. */
    void isQuiet() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (long quiet = System.nanoTime(); System.nanoTime() - quiet < QUIET.toNanos(); ) {
            boolean any = false;
            for (Actor actor : actors) any |= actor.listens();
            if (any) quiet = System.nanoTime();
            if (System.nanoTime() > end) throw new AssertionError("no end of messages" + story());
        }
    }

    /** Waits until the API shows one of these states. */
    String becomes(ApiCall call, String... states) {
        String[] last = {""};
        until(
                Client.nowAndThen(() -> {
                    last[0] = call.look().text("state");
                    return List.of(states).contains(last[0]);
                }),
                call.id() + " to become one of " + List.of(states),
                true);
        return last[0];
    }

    /** Waits until the call is over, with one of these results, and the phones with it. */
    void ends(ApiCall call, String... results) {
        Manners.Welcome ring = Manners.Welcome.RING;
        actors.forEach(actor -> {
            if (actor.manners.waitsForTheStory()) actor.manners.welcomes(ring);
        });
        becomes(call, "terminated");
        ApiAnswer look = call.look();
        assertThat(look.text("result")).as("%s", look).isIn((Object[]) results);
    }

    /** The call has come through it: it is up in the end, and is hung up now. */
    void survives(ApiCall call) {
        becomes(call, "connected");
        isQuiet();
        call.hangUp();
        ends(call, "completed");
    }

    // ---- the end ----

    /** All that was asked is answered, nothing is left to say, and no law was broken. */
    void isOver() {
        wishes.forEach(CompletableFuture::join);
        until(Client.nowAndThen(() -> offences().isEmpty()), "order: " + offences(), true, Duration.ofSeconds(6));
        isQuiet();
        List<String> offences = offences();
        if (!offences.isEmpty()) throw new AssertionError(offences + story());
        for (Actor actor : actors)
            if (actor.isTalking()) throw new AssertionError(actor.peer.name() + " is still in its call" + story());
    }

    private List<String> offences() {
        return traces().offences(suspended);
    }

    /** Everything that was on the wire, by time. */
    String story() {
        return traces().story();
    }

    private Traces traces() {
        return new Traces(Stream.<OnTheWire>concat(actors.stream().map(actor -> actor.peer), phones.stream())
                .toList());
    }

    @Override
    public void close() {
        actors.forEach(Actor::close);
        phones.forEach(Phone::close);
    }
}
