// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.sip.message.Response;

/** How a phone makes, takes, changes and ends calls. Its methods may be called from any thread. */
abstract class PhoneHands extends PhoneEars {

    PhoneHands(PhoneBuilder wanted) {
        super(wanted);
    }

    public Phone calls(String uri) {
        switchboard.place(uri, true, Map.of());
        return self();
    }

    /** The far end makes the offer in its 200, the answer goes into the ACK. */
    public Phone callsWithoutOffer(String uri) {
        switchboard.place(uri, false, Map.of());
        return self();
    }

    /** An INVITE with Replaces, whatever that names (RFC 3891). */
    public Phone callsReplacing(String uri, Replaced other) {
        switchboard.place(uri, true, Map.of("Replaces", other.toString()));
        return self();
    }

    /** Waits for an INVITE and sends 180. */
    public Phone rings() {
        takeNext().ring();
        return self();
    }

    /** Sends a status from 101 to 199; waits for an INVITE if the phone does not ring yet. */
    public Phone progresses(int status) {
        ringing().progress(status);
        return self();
    }

    /** Sends 200; waits for an INVITE if the phone does not ring yet. */
    public Phone answers() {
        ringing().answer();
        return self();
    }

    /** Refuses the call with a final status; waits for an INVITE if the phone does not ring yet. */
    public Phone rejects(int status) {
        ringing().reject(status);
        return self();
    }

    /** The same, with headers in the response, such as Retry-After. */
    public Phone rejects(int status, Map<String, String> headers) {
        ringing().reject(status, headers);
        return self();
    }

    /** Refuses the call with 302 and these URIs as Contacts, the first the most wanted. */
    public Phone redirects(String... uris) {
        double q = 1.0;
        StringBuilder contacts = new StringBuilder();
        for (String uri : uris) {
            if (q < 1.0) contacts.append(", ");
            contacts.append('<').append(uri).append(">;q=").append(String.format(Locale.ROOT, "%.1f", q));
            q -= 0.1;
        }
        return rejects(Response.MOVED_TEMPORARILY, Map.of("Contact", contacts.toString()));
    }

    /** Gives up before the far end answers: CANCEL, as soon as a provisional response allows it. */
    public Phone cancels() {
        PhoneCall call = call();
        if (!EnumSet.of(State.DIALING, State.RINGING).contains(call.state()))
            throw new AssertionError(name() + " cannot cancel, it is " + call.state());
        call.hangUp();
        return self();
    }

    /** Ends the call in whatever way its state demands. */
    public Phone hangsUp() {
        call().hangUp();
        return self();
    }

    /** Puts the far end on hold and waits until it agreed. */
    public Phone holds() {
        return reinvites(call -> call.reinvite(true));
    }

    public Phone resumes() {
        return reinvites(call -> call.reinvite(false));
    }

    /** Offers {@code inactive} and waits until the far end agreed. */
    public Phone holdsInactive() {
        return reinvites(call -> call.reinvite(Direction.INACTIVE));
    }

    /** The same offer again: a session refresh. */
    public Phone reinvites() {
        return resumes();
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

    /** UPDATE without a body; {@code hears(200, "UPDATE")} tells what came of it. */
    public Phone updates() {
        call().update();
        return self();
    }

    /** UPDATE with an offer. */
    public Phone updates(Direction wanted) {
        call().update(wanted);
        return self();
    }

    /** INFO for each key (application/dtmf-relay). */
    public Phone presses(String keys) {
        keys.chars().forEach(key -> call().press((char) key));
        return self();
    }

    /** The far end has pressed these keys since the call began, and no others. */
    public Phone hearsKeys(String keys) {
        return waits("hear the keys " + keys, () -> call().digits().equals(keys));
    }

    /** Another of its calls becomes the current one. */
    public Phone picks(PhoneCall other) {
        switchboard.calls().pick(other);
        return self();
    }

    private PhoneCall takeNext() {
        waits("get a call", switchboard.calls()::hasUntaken);
        return switchboard.calls().takeNext();
    }

    private PhoneCall ringing() {
        boolean ringing = switchboard
                .calls()
                .current()
                .filter(call -> EnumSet.of(State.INCOMING, State.ALERTING).contains(call.state()))
                .isPresent();
        return ringing ? call() : takeNext();
    }
}
