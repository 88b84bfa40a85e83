// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * A SIP phone on the loopback interface, for telephone stories:
 *
 * <pre>{@code
 * try (Phone alice = Phone.named("alice").tone(440).switchedOn();
 *         Phone bob = Phone.named("bob").tone(660).switchedOn()) {
 *     alice.calls(bob.uri());
 *     bob.rings().answers();
 *     alice.talks().hearsTone(660);
 *     bob.hangsUp();
 *     alice.hears("BYE").isIdle();
 * }
 * }</pre>
 *
 * <p>A transfer, where Bob does what Alice asks and Carol ends the call that is replaced:
 *
 * <pre>{@code
 * PhoneCall toBob = alice.call();
 * alice.calls(carol.uri());
 * carol.answers();
 * PhoneCall toCarol = alice.talks().call();
 * alice.picks(toBob).refersTo(carol.uri(), toCarol);
 * bob.followsRefer();
 * alice.hearsProgress(200).hears("BYE");
 * }</pre>
 *
 * <p>All that is odd is said before it happens: {@link #nextTime}, {@link #defers}, {@link #deafTo}. What a SIP stack
 * would never do is for a {@link RawPeer}.
 *
 * <p>Steps in the third person act on the current call, the one dialled or taken last, wait a bounded time for what they
 * need and throw {@link AssertionError} with the phone's trace if it does not come. With an {@link Autopilot} it takes
 * any number of calls by itself. Its methods may be called from any thread.
 */
public final class Phone extends PhoneTransfers implements AutoCloseable {

    Phone(PhoneBuilder wanted) {
        super(wanted);
    }

    public static PhoneBuilder named(String name) {
        return new PhoneBuilder(name);
    }

    @Override
    Phone self() {
        return this;
    }

    /** From now on, for each call that comes in. */
    public Phone automatically(Autopilot autopilot) {
        switchboard.automatically(autopilot);
        return this;
    }

    /**
     * Does something each time a message was heard and dealt with, on the phone's own thread.
     *
     * @param kind a method, or status and method: {@code "ACK"}, {@code "180 INVITE"}
     */
    public Phone on(String kind, Consumer<PhoneCall> reaction) {
        switchboard.on(kind, reaction);
        return this;
    }

    /** Adds a header to each INVITE that it sends from now on to start a call. */
    public Phone adds(String header, String value) {
        return addsTo("INVITE", header, value);
    }

    /**
     * Adds a header to each message of a kind, from now on; a value may be a list.
     *
     * @param kind {@code "INVITE"} for those that start a call, {@code "re-INVITE"}, another method, or status and
     *     method: {@code "200 INVITE"}
     */
    public Phone addsTo(String kind, String header, String value) {
        switchboard.manners().adds(kind, header, value);
        return this;
    }

    // ---- where it behaves oddly ----

    /** How it answers the next request of this method that comes within a call, after those that were said before. */
    public Phone nextTime(String method, Reply reply) {
        switchboard.manners().once(method, reply);
        return this;
    }

    /** How it answers each request of this method within a call from now on; {@link Reply#usual()} ends that. */
    public Phone eachTime(String method, Reply reply) {
        switchboard.manners().always(method, reply);
        return this;
    }

    /** Lets the next request of this method within a call wait until {@link #answersDeferred}. */
    public Phone defers(String method) {
        return nextTime(method, Reply.deferred());
    }

    /** Waits for a request of this method that waits for its answer, and answers it. */
    public Phone answersDeferred(String method, Reply reply) {
        waits("get a " + method, () -> call().hasDeferred(method));
        call().answerDeferred(method, reply);
        return this;
    }

    /**
     * From now on messages of this kind get lost before this phone hears them, though its trace has them: no 100 is
     * sent, no ACK, nothing.
     *
     * @param kind a method, or status and method
     */
    public Phone deafTo(String kind) {
        switchboard.manners().deafTo(kind);
        return this;
    }

    public Phone hearsAgain(String kind) {
        switchboard.manners().hearsAgain(kind);
        return this;
    }

    /** Sends no ACK for a 2xx any more; the call counts as up all the same. */
    public Phone neverAcknowledges() {
        switchboard.manners().neverAcknowledges();
        return this;
    }

    /**
     * Lets nobody call it without these credentials.
     *
     * @param status 401 or 407
     * @param algorithm {@code MD5} or {@code SHA-256}
     */
    public Phone challenges(int status, String algorithm, String user, String password) {
        switchboard.manners().challenges(Optional.of(Challenge.of(status, algorithm, user, password)));
        return this;
    }

    /** Answers a challenge with these credentials, once per call. */
    public Phone knows(String user, String password) {
        switchboard.manners().knows(user, password);
        return this;
    }

    /** Sends its last message of this kind once more by UDP, byte for byte. */
    public Phone repeats(String kind) {
        Traced last = lastSent(kind);
        switchboard.sendAgain(last, last.text());
        return this;
    }

    /** Sends its last request of this kind once more by UDP with the same CSeq, but as another transaction. */
    public Phone repeatsAnew(String kind) {
        Traced last = lastSent(kind);
        switchboard.sendAgain(last, last.text().replaceFirst("branch=z9hG4bK", "branch=z9hG4bKanew"));
        return this;
    }

    /** Switches it off, whatever its calls do: nothing is sent any more. */
    @Override
    public void close() {
        switchboard.close();
    }
}
