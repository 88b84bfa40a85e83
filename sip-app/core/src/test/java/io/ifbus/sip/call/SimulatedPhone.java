// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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
        /** It wants credentials, and may be rung again. */
        CHALLENGED,
        OVER
    }

    final Deque<CallEvent.OnLeg> toUs = new ArrayDeque<>();
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
    /** Its UPDATEs that are unanswered; its REFER that has no final NOTIFY yet. */
    private int updates;

    private long referred;
    private boolean referUnanswered;
    private boolean silent;
    /** The stack has answered its INVITE for us, because it was cancelled. */
    private boolean stackAnswered;

    private final Peer abilities;
    private final Supplier<Optional<Home>> acquaintances;

    SimulatedPhone(LegId leg) {
        this(leg, Peer.UNKNOWN, Optional::empty);
    }

    /**
     * @param abilities what its messages say of it
     * @param acquaintances names a dialog that its next REFER may want replaced
     */
    SimulatedPhone(LegId leg, Peer abilities, Supplier<Optional<Home>> acquaintances) {
        this.leg = leg;
        this.abilities = abilities;
        this.acquaintances = acquaintances;
    }

    /** Agrees to whatever it is asked. */
    void agrees() {
        if (asked) {
            answers();
        }
    }

    /** A response to its INVITE can still be sent. */
    boolean canBeAnswered() {
        return !stackAnswered;
    }

    void calls(boolean offer) {
        dialog = Dialog.CALLING;
        asking = true;
        asks++;
        askingWithOffer = offer;
    }

    boolean isAtRest() {
        return (dialog == Dialog.NONE || dialog == Dialog.OVER || dialog == Dialog.CHALLENGED)
                && updates == 0
                && !referUnanswered
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
            wishes.add(this::challenges);
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
            wishes.add(() -> updates(Optional.empty()));
            if (!referUnanswered) {
                wishes.add(this::refers);
            }
            if (!asked && !asking && !awaitsAck) {
                wishes.add(() -> reinvites(sdp()));
                wishes.add(() -> reinvites(Optional.empty()));
                wishes.add(() -> updates(sdp()));
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
        toUs.add(new LegEvent.Answered(leg, sdp(), abilities));
    }

    /** Asks for credentials, or for a longer session. */
    private void challenges() {
        asked = false;
        if (dialog == Dialog.RUNG) {
            dialog = Dialog.CHALLENGED;
        }
        Hints hints = new Hints(true, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        toUs.add(new LegEvent.Rejected(leg, 401, "Unauthorized", hints));
    }

    private void updates(Optional<Sdp> offer) {
        updates++;
        toUs.add(new LegEvent.Updated(leg, offer, abilities));
    }

    private void refers() {
        referred++;
        referUnanswered = true;
        silent = referred % 3 == 0;
        Optional<Home> replaced = acquaintances.get();
        boolean replaces = replaced.isPresent() || referred % 4 == 0;
        toUs.add(new CallEvent.ReferReceived(leg, referred, "sip:carol@192.0.2.3", replaces, replaced, silent));
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
        stackAnswered = false;
        toUs.add(new LegEvent.Reinvited(leg, offer, abilities));
    }

    private void hangsUp() {
        saidBye = true;
        referUnanswered = false;
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
        return Sdps.audio(leg.toString(), ++version[0]);
    }

    /** Delivers a CANCEL as a SIP stack does: it answers for the application, unless the application has. */
    Optional<CallEvent.OnLeg> passes(CallEvent.OnLeg event) {
        if (!(event instanceof LegEvent.Cancelled)) {
            return Optional.of(event);
        }
        if (cancelled.remove() != asks || !asking || finalIsUnderWay()) {
            return Optional.empty();
        }
        stackAnswered = true;
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
        } else if (action instanceof SipAction.InviteAgain) {
            must(dialog == Dialog.CHALLENGED || dialog == Dialog.UP || dialog == Dialog.OVER, "a retry of nothing");
            asked = dialog != Dialog.OVER;
            if (dialog == Dialog.OVER) {
                toUs.add(new LegEvent.Rejected(leg, 481, "Call/Transaction Does Not Exist"));
            }
            dialog = dialog == Dialog.CHALLENGED ? Dialog.RUNG : dialog;
        } else if (action instanceof SipAction.Update) {
            toUs.add(new LegEvent.UpdateAnswered(leg, dialog == Dialog.OVER ? 481 : 200, Peer.UNKNOWN));
        } else if (action instanceof SipAction.AnswerUpdate) {
            must(updates > 0, "an answer to no UPDATE");
            updates--;
        } else if (action instanceof SipAction.Refer e) {
            hearsRefer(e);
        } else if (action instanceof SipAction.AnswerRefer e) {
            must(referUnanswered || dialog == Dialog.OVER, "an answer to no REFER");
            referUnanswered = referUnanswered && e.status() < 300 && !e.silent();
        } else if (action instanceof SipAction.Notify e) {
            must(referUnanswered && !silent || dialog == Dialog.OVER, "a NOTIFY of nothing: " + e.status());
            must(!saidBye || dialog == Dialog.OVER, "a NOTIFY after its BYE");
            referUnanswered = referUnanswered && e.status() < 200;
        } else if (action instanceof SipAction.SendDigit) {
            toUs.add(new CallEvent.DigitSent(leg, 200));
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

    private void hearsRefer(SipAction.Refer refer) {
        must(dialog == Dialog.UP || dialog == Dialog.OVER, "a REFER in no dialog");
        int answer = refer.target().hashCode() + version[0];
        int status = dialog == Dialog.OVER ? 481 : new int[] {202, 202, 405, 603}[Math.floorMod(answer, 4)];
        toUs.add(new CallEvent.ReferAnswered(leg, status, ""));
        if (status == 202) {
            toUs.add(new CallEvent.Notified(leg, 100, "Trying", false));
            toUs.add(new CallEvent.Notified(leg, new int[] {200, 486, 180}[Math.floorMod(answer / 4, 3)], "", true));
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
        referUnanswered = false;
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
