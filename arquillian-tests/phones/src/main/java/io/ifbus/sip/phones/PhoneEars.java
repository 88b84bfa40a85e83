// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import io.ifbus.sip.phones.Traced.Way;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import javax.sip.message.Request;

/** What a phone perceives and knows. Its methods may be called from any thread. */
abstract class PhoneEars implements OnTheWire {

    private static final Duration QUIET = Duration.ofMillis(200);

    final Watch watch;
    final Switchboard switchboard;
    private final String name;
    private volatile Duration patience = Duration.ofSeconds(5);

    PhoneEars(PhoneBuilder wanted) {
        name = wanted.name();
        watch = new Watch();
        switchboard = new Switchboard(wanted, watch);
    }

    abstract Phone self();

    @Override
    public String name() {
        return name;
    }

    /** Its Contact: {@code sip:name@127.0.0.1:port}, with {@code ;transport=tcp} if it prefers that. */
    public String uri() {
        return switchboard.uri();
    }

    @Override
    public int port() {
        return switchboard.port();
    }

    /** How long each step waits; 5 s unless told. */
    public Phone waitsAtMost(Duration limit) {
        patience = limit;
        return self();
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
        waits("hear " + kind, () -> switchboard.calls().hasUnheard(kind));
        switchboard.calls().takeHeard(kind);
        return self();
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
        return self();
    }

    /** Waits for anything else that this phone's calls or messages can bring about. */
    public Phone waits(String what, BooleanSupplier condition) {
        if (!watch.await(patience, condition)) throw failure(what);
        return self();
    }

    // ---- what it knows ----

    /**
     * The current call.
     *
     * @throws NoSuchElementException if there was none yet
     */
    public PhoneCall call() {
        return switchboard.calls().current().orElseThrow(() -> new NoSuchElementException(name + " has no call"));
    }

    /** All calls so far, in their order. */
    public List<PhoneCall> allCalls() {
        return switchboard.calls().all();
    }

    /** Every message on the wire, retransmissions included. */
    @Override
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

    /**
     * The newest message of this kind that came.
     *
     * @throws NoSuchElementException if there was none
     */
    public Traced lastReceived(String kind) {
        return last(Way.RECEIVED, kind);
    }

    /** @throws NoSuchElementException if there was none */
    public Traced lastSent(String kind) {
        return last(Way.SENT, kind);
    }

    private Traced last(Way way, String kind) {
        return trace().stream()
                .filter(line -> line.way() == way && line.kind().equals(kind))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new NoSuchElementException(name + " has no " + way + " " + kind));
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
