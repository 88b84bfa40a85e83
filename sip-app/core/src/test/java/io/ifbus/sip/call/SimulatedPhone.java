// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A phone that keeps the rules of RFC 3261, does what it likes within them, and complains of what is said to it against
 * them. What it says waits in {@link #toUs}, what it is told in {@link #fromUs}.
 */
final class SimulatedPhone {
    /** Where it is in its one dialog. */
    enum Dialog {
        NONE,
        /** We ring it. */
        RUNG,
        /** It rings us. */
        CALLING,
        UP,
        OVER
    }

    final Deque<LegEvent> toUs = new ArrayDeque<>();
    final Deque<SipAction> fromUs = new ArrayDeque<>();
    private final LegId leg;
    private final int[] version = {0};
    Dialog dialog = Dialog.NONE;
    /** Our INVITE is unanswered here. */
    private boolean asked;

    private boolean askedWithOffer;
    /** Its 2xx waits for our ACK. */
    private boolean awaitsAck;
    /** Its INVITE is unanswered. */
    private boolean asking;

    private boolean askingWithOffer;
    /** How many INVITEs it has sent, and which of them its CANCELs under way are for. */
    private int asks;

    private final Deque<Integer> cancelled = new ArrayDeque<>();
    private boolean saidBye;
    private boolean heardBye;
    private boolean byeAnswered;

    SimulatedPhone(LegId leg) {
        this.leg = leg;
    }

    void calls(boolean offer) {
        dialog = Dialog.CALLING;
        asking = true;
        asks++;
        askingWithOffer = offer;
    }

    boolean isAtRest() {
        return (dialog == Dialog.NONE || dialog == Dialog.OVER)
                && !asked
                && !asking
                && !awaitsAck
                && (!saidBye || byeAnswered)
                && toUs.isEmpty()
                && fromUs.isEmpty();
    }

    /** What it may do now of its own will. */
    List<Runnable> wishes() {
        List<Runnable> wishes = new ArrayList<>();
        if (asked) {
            wishes.add(this::answers);
            wishes.add(this::refuses);
            if (dialog == Dialog.RUNG) {
                wishes.add(() -> toUs.add(new LegEvent.Progressed(leg, 100, Optional.empty())));
                wishes.add(() -> toUs.add(new LegEvent.Progressed(leg, 180, Optional.empty())));
            }
        }
        if (asking && !cancelled.contains(asks) && !saidBye) {
            wishes.add(this::cancels);
        }
        if (dialog == Dialog.UP && !saidBye && !heardBye) {
            wishes.add(this::hangsUp);
            if (!asked && !asking && !awaitsAck) {
                wishes.add(() -> reinvites(sdp()));
                wishes.add(() -> reinvites(Optional.empty()));
            }
        }
        return wishes;
    }

    /** What it owes, so that it does not stand in the way of an end. */
    Optional<Runnable> duty() {
        return asked
                ? Optional.of(dialog == Dialog.RUNG && version[0] % 2 == 0 ? this::answers : this::refuses)
                : Optional.empty();
    }

    private void answers() {
        asked = false;
        awaitsAck = true;
        toUs.add(new LegEvent.Answered(leg, sdp()));
    }

    private void refuses() {
        asked = false;
        if (dialog == Dialog.RUNG) {
            dialog = Dialog.OVER;
        }
        toUs.add(new LegEvent.Rejected(leg, 486, "Busy Here"));
    }

    private void cancels() {
        cancelled.add(asks);
        toUs.add(new LegEvent.Cancelled(leg));
    }

    private void reinvites(Optional<Sdp> offer) {
        asking = true;
        asks++;
        askingWithOffer = offer.isPresent();
        toUs.add(new LegEvent.Reinvited(leg, offer));
    }

    private void hangsUp() {
        saidBye = true;
        dialog = Dialog.OVER;
        terminatePending();
        toUs.add(new LegEvent.ByeReceived(leg));
    }

    private void terminatePending() {
        if (asked) {
            asked = false;
            toUs.add(new LegEvent.Rejected(leg, 487, "Request Terminated"));
        }
    }

    private Optional<Sdp> sdp() {
        return Sdps.audio(leg.name(), ++version[0]);
    }

    /** Delivers a CANCEL as a SIP stack does: it answers for the application, unless the application has. */
    Optional<LegEvent> passes(LegEvent event) {
        if (!(event instanceof LegEvent.Cancelled)) {
            return Optional.of(event);
        }
        if (cancelled.remove() != asks || !asking || finalIsUnderWay()) {
            return Optional.empty();
        }
        fromUs.add(new SipAction.Respond(leg, 487, "Request Terminated", Optional.empty()));
        return Optional.of(event);
    }

    private boolean finalIsUnderWay() {
        return fromUs.stream().anyMatch(a -> a instanceof SipAction.Respond r && r.status() >= 200);
    }

    void hears(SipAction action) {
        if (action instanceof SipAction.Invite e) {
            must(dialog == Dialog.NONE, "a second INVITE");
            dialog = Dialog.RUNG;
            asked = true;
            askedWithOffer = e.sdp().isPresent();
        } else if (action instanceof SipAction.Cancel) {
            if (asked) {
                asked = false;
                dialog = Dialog.OVER;
                toUs.add(new LegEvent.Rejected(leg, 487, "Request Terminated"));
            }
        } else if (action instanceof SipAction.Ack e) {
            must(awaitsAck, "an ACK to nothing");
            must(e.sdp().isPresent() != askedWithOffer, "an ACK with a description out of place");
            awaitsAck = false;
            dialog = dialog == Dialog.RUNG ? Dialog.UP : dialog;
        } else if (action instanceof SipAction.Reinvite e) {
            hearsReinvite(e);
        } else if (action instanceof SipAction.Bye) {
            hearsBye();
        } else if (action instanceof SipAction.AnswerBye) {
            must(saidBye && !byeAnswered, "an answer to no BYE");
            byeAnswered = true;
        } else if (action instanceof SipAction.Respond e) {
            hearsResponse(e);
        }
    }

    private void hearsReinvite(SipAction.Reinvite e) {
        must(dialog == Dialog.UP || dialog == Dialog.OVER, "a re-INVITE in no dialog");
        must(!asked && !awaitsAck, "a re-INVITE on top of another");
        if (dialog == Dialog.OVER) {
            toUs.add(new LegEvent.Rejected(leg, 481, "Call/Transaction Does Not Exist"));
        } else if (asking) {
            toUs.add(new LegEvent.Rejected(leg, 491, "Request Pending"));
        } else {
            asked = true;
            askedWithOffer = e.sdp().isPresent();
        }
    }

    private void hearsBye() {
        must(!heardBye, "a second BYE");
        must(dialog == Dialog.UP || saidBye, "a BYE in no dialog, or before an ACK: " + dialog);
        heardBye = true;
        dialog = Dialog.OVER;
        terminatePending();
        toUs.add(new LegEvent.ByeAnswered(leg));
    }

    private void hearsResponse(SipAction.Respond e) {
        must(asking, "a response " + e.status() + " to nothing");
        if (e.status() < 200) {
            must(dialog == Dialog.CALLING, "a provisional response to a re-INVITE");
            return;
        }
        asking = false;
        if (e.status() >= 300) {
            dialog = dialog == Dialog.CALLING ? Dialog.OVER : dialog;
            return;
        }
        must(e.sdp().isPresent(), "a 200 without a description");
        dialog = dialog == Dialog.CALLING ? Dialog.UP : dialog;
        toUs.add(new LegEvent.Acked(leg, askingWithOffer ? Optional.empty() : sdp()));
    }

    private void must(boolean holds, String complaint) {
        if (!holds) {
            throw new AssertionError(leg + " heard " + complaint);
        }
    }
}
