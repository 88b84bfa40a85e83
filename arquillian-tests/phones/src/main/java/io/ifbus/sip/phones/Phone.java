// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import io.ifbus.sip.phones.Traced.Way;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sip.message.Request;

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
 * <p>Steps in the third person act on the current call, the one dialled or taken last, wait a bounded time for what they
 * need and throw {@link AssertionError} with the phone's trace if it does not come. With an {@link Autopilot} it takes
 * any number of calls by itself. Its methods may be called from any thread.
 */
public final class Phone implements AutoCloseable {

    private static final Duration QUIET = Duration.ofMillis(200);

    private final String name;
    private final Watch watch;
    private final Switchboard switchboard;
    private volatile Duration patience = Duration.ofSeconds(5);

    Phone(PhoneBuilder wanted) {
        name = wanted.name();
        watch = new Watch();
        switchboard = new Switchboard(wanted, watch);
    }

    public static PhoneBuilder named(String name) {
        return new PhoneBuilder(name);
    }

    public String name() {
        return name;
    }

    /** Its Contact: {@code sip:name@127.0.0.1:port}, with {@code ;transport=tcp} if it prefers that. */
    public String uri() {
        return switchboard.uri();
    }

    public int port() {
        return switchboard.port();
    }

    // ---- how it behaves ----

    /** How long each step waits; 5 s unless told. */
    public Phone waitsAtMost(Duration limit) {
        patience = limit;
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
        switchboard.adds(header, value);
        return this;
    }

    // ---- the story: what it does ----

    public Phone calls(String uri) {
        switchboard.dial(uri, true);
        return this;
    }

    /** The far end makes the offer in its 200, the answer goes into the ACK. */
    public Phone callsWithoutOffer(String uri) {
        switchboard.dial(uri, false);
        return this;
    }

    /** Waits for an INVITE and sends 180. */
    public Phone rings() {
        takeNext().ring();
        return this;
    }

    /** Sends 200; waits for an INVITE if the phone does not ring yet. */
    public Phone answers() {
        ringing().answer();
        return this;
    }

    /** Refuses the call with a final status; waits for an INVITE if the phone does not ring yet. */
    public Phone rejects(int status) {
        ringing().reject(status);
        return this;
    }

    /** Gives up before the far end answers: CANCEL, as soon as a provisional response allows it. */
    public Phone cancels() {
        PhoneCall call = call();
        if (!EnumSet.of(State.DIALING, State.RINGING).contains(call.state()))
            throw new AssertionError(name + " cannot cancel, it is " + call.state());
        call.hangUp();
        return this;
    }

    /** Ends the call in whatever way its state demands. */
    public Phone hangsUp() {
        call().hangUp();
        return this;
    }

    /** Puts the far end on hold and waits until it agreed. */
    public Phone holds() {
        return reinvites(call -> call.reinvite(true));
    }

    public Phone resumes() {
        return reinvites(call -> call.reinvite(false));
    }

    public Phone reinvitesWithoutOffer() {
        return reinvites(PhoneCall::reinviteWithoutOffer);
    }

    private Phone reinvites(Consumer<PhoneCall> how) {
        talks();
        PhoneCall call = call();
        how.accept(call);
        return waits("get an answer to its re-INVITE", () -> !call.isReinviting());
    }

    // ---- the story: what it perceives ----

    /** The next request of this method that no earlier {@code hears} took. */
    public Phone hears(String method) {
        return hearsKind(method);
    }

    /** The next response to an INVITE with this status. */
    public Phone hears(int status) {
        return hears(status, Request.INVITE);
    }

    public Phone hears(int status, String method) {
        return hearsKind(status + " " + method);
    }

    private Phone hearsKind(String kind) {
        waits("hear " + kind, () -> switchboard.hasUnheard(kind));
        switchboard.takeHeard(kind);
        return this;
    }

    /** The call is up: 200 and ACK have been exchanged. */
    public Phone talks() {
        return waits("talk", () -> call().state() == State.TALKING);
    }

    /** All its calls are over. */
    public Phone isIdle() {
        return waits("be idle", () -> allCalls().stream().allMatch(call -> call.state() == State.ENDED));
    }

    /** At least half a second of this tone, counted from the start of the call or the last {@code hearsSilence}. */
    public Phone hearsTone(double frequencyHz) {
        Audio audio = audio();
        return waits("hear " + frequencyHz + " Hz", () -> audio.heard(frequencyHz));
    }

    /** No packet for a fifth of a second. */
    public Phone hearsSilence() {
        Audio audio = audio();
        boolean silent = watch.await(
                patience,
                QUIET.dividedBy(10),
                () -> Duration.ofNanos(audio.silence()).compareTo(QUIET) > 0);
        if (!silent) throw failure("hear silence");
        audio.forget();
        return this;
    }

    /** Waits for anything else that this phone's calls or messages can bring about. */
    public Phone waits(String what, BooleanSupplier condition) {
        if (!watch.await(patience, condition)) throw failure(what);
        return this;
    }

    // ---- what it knows ----

    /**
     * The current call.
     *
     * @throws NoSuchElementException if there was none yet
     */
    public PhoneCall call() {
        return switchboard.current().orElseThrow(() -> new NoSuchElementException(name + " has no call"));
    }

    /** All calls so far, in their order. */
    public List<PhoneCall> allCalls() {
        return switchboard.calls();
    }

    /** Every message on the wire, retransmissions included. */
    public List<Traced> trace() {
        return switchboard.trace().lines();
    }

    public long sent(String kind) {
        return switchboard.trace().count(Way.SENT, kind);
    }

    public long received(String kind) {
        return switchboard.trace().count(Way.RECEIVED, kind);
    }

    public long inviteRetransmissions() {
        return switchboard.trace().copies(Way.RECEIVED, Request.INVITE);
    }

    /** 200s to an INVITE that had been here before. */
    public long duplicateOks() {
        return switchboard.trace().copies(Way.RECEIVED, "200 " + Request.INVITE);
    }

    /** What went wrong while nobody waited for it: unreachable peers, protocol errors of the far end. */
    public List<Throwable> failures() {
        return switchboard.failures();
    }

    /** Switches it off, whatever its calls do: nothing is sent any more. */
    @Override
    public void close() {
        switchboard.close();
    }

    private PhoneCall takeNext() {
        waits("get a call", switchboard::hasUntaken);
        return switchboard.takeNext();
    }

    private PhoneCall ringing() {
        boolean ringing = switchboard
                .current()
                .filter(call -> EnumSet.of(State.INCOMING, State.ALERTING).contains(call.state()))
                .isPresent();
        return ringing ? call() : takeNext();
    }

    private Audio audio() {
        return call().audio().orElseThrow(() -> new IllegalStateException(name + " has no audio"));
    }

    private AssertionError failure(String what) {
        StringBuilder text = new StringBuilder(name + " did not " + what + " within " + patience + "; it saw:");
        trace().forEach(line -> text.append("\n  ").append(line));
        allCalls().forEach(call -> text.append("\n  call ")
                .append(call.callId())
                .append(" is ")
                .append(call.state()));
        AssertionError failure = new AssertionError(text.toString());
        failures().forEach(failure::addSuppressed);
        return failure;
    }
}
