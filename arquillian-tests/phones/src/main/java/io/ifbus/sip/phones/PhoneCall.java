// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javax.sip.Dialog;
import javax.sip.message.Response;

/**
 * One call of one phone, as caller or as callee (RFC 3261, RFC 3264).
 *
 * <p>Commands may come from any thread and return when their message was handed to the stack; a command that makes no
 * sense in the call's state does nothing. Deliberately absent: early media, reliable provisional responses, session
 * refreshes that nobody asked for.
 */
public final class PhoneCall {

    /** Where a call stands. */
    public enum State {
        /** We sent an INVITE. */
        DIALING,
        /** The far end rings. */
        RINGING,
        /** An INVITE came. */
        INCOMING,
        /** We ring. */
        ALERTING,
        /** We sent 200 and wait for the ACK. */
        ANSWERED,
        TALKING,
        /** We sent CANCEL or BYE, or shall as soon as it is allowed. */
        HANGING_UP,
        ENDED
    }

    private final Line line;
    private final Optional<Audio> audio;
    private final CallCore core;

    PhoneCall(Equipment equipment, Optional<Audio> audio, Negotiation negotiation, Consumer<PhoneCall> onChange) {
        line = equipment.line();
        this.audio = audio;
        core = new CallCore(equipment, negotiation, () -> onChange.accept(this));
    }

    public State state() {
        return core.state();
    }

    public String callId() {
        return core.callId();
    }

    /** The final status of the first INVITE, once there is one. */
    public OptionalInt finalStatus() {
        return core.finalStatus();
    }

    /** Empty if the phone has no audio. */
    public Optional<Audio> audio() {
        return audio;
    }

    /** What NOTIFYs told of our REFERs, in their order. */
    public List<Progress> notified() {
        return core.referrals.told();
    }

    /** The keys that the far end pressed (INFO), in their order. */
    public String digits() {
        return core.digits.heard();
    }

    /**
     * This call, as its far end would have to be told to replace it.
     *
     * @throws IllegalStateException if the far end has no tag yet
     */
    public Replaced replaceable() {
        return line.call(() -> {
            Dialog dialog = core.dialog();
            if (dialog == null || dialog.getRemoteTag() == null)
                throw new IllegalStateException("no dialog to replace: " + state());
            return new Replaced(callId(), dialog.getRemoteTag(), dialog.getLocalTag(), false);
        });
    }

    boolean isReinviting() {
        return core.reinvites.isPending();
    }

    boolean hasDeferred(String method) {
        return core.inDialog.hasDeferred(method);
    }

    // ---- commands ----

    /** Sends 180. */
    public void ring() {
        line.run(() -> {
            if (state() == State.INCOMING) core.callee.progress(Response.RINGING, Map.of());
        });
    }

    /** Sends any status from 100 to 199, any number of times; 183 has our answer. */
    public void progress(int status) {
        if (status < 100 || status > 199) throw new IllegalArgumentException("not provisional: " + status);
        line.run(() -> core.callee.progress(status, Map.of()));
    }

    /** Sends 200 with the answer, or with an offer if the INVITE had none. */
    public void answer() {
        line.run(() -> core.callee.answer(Map.of()));
    }

    public void reject(int status) {
        reject(status, Map.of());
    }

    /** @param headers set in the response; a value may be a list */
    public void reject(int status, Map<String, String> headers) {
        line.run(() -> {
            if (core.callee.isWaitingForUs()) core.callee.refuse(status, headers);
        });
    }

    /** BYE, CANCEL or a refusal, whatever ends the call now; waits where the protocol demands it. */
    public void hangUp() {
        line.run(core::hangUp);
    }

    /** Ends it for us alone: the far end hears nothing of it. */
    public void forget() {
        line.run(() -> core.become(State.ENDED));
    }

    /** A re-INVITE that offers sendonly (hold) or sendrecv. */
    public void reinvite(boolean hold) {
        reinvite(hold ? Direction.SENDONLY : Direction.SENDRECV);
    }

    public void reinvite(Direction wanted) {
        line.run(() -> core.reinvites.change(wanted));
    }

    /** A re-INVITE without an offer; the answer goes into the ACK. */
    public void reinviteWithoutOffer() {
        line.run(core.reinvites::askForOffer);
    }

    /** An UPDATE without a body. */
    public void update() {
        line.run(() -> core.updates.send(Optional.empty()));
    }

    /** An UPDATE with an offer. */
    public void update(Direction wanted) {
        line.run(() -> core.updates.send(Optional.of(wanted)));
    }

    /** Sends REFER. */
    public void refer(Referral referral) {
        line.run(() -> core.referrals.refer(referral));
    }

    /** Sends NOTIFY with a SIP fragment. @param subscription the Subscription-State header */
    public void tell(int status, String subscription) {
        line.run(() -> core.referrals.tell(status, subscription));
    }

    /** Sends INFO for a key: 0 to 9, *, #, A to D. */
    public void press(char key) {
        line.run(() -> core.digits.press(key));
    }

    void answerDeferred(String method, Reply reply) {
        line.run(() -> core.inDialog.answerDeferred(method, reply));
    }

    CallCore core() {
        return core;
    }
}
