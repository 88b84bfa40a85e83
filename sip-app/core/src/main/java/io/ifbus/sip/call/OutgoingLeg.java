// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.LegEvent.Answered;
import io.ifbus.sip.call.LegEvent.Barred;
import io.ifbus.sip.call.LegEvent.ByeReceived;
import io.ifbus.sip.call.LegEvent.Progressed;
import io.ifbus.sip.call.LegEvent.Rejected;
import io.ifbus.sip.call.LegEvent.SendFailed;
import io.ifbus.sip.call.LegEvent.Updated;
import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Optional;

/** A leg that we ring, until its 2xx is acknowledged. Drawn at {@link Leg}. */
sealed interface OutgoingLeg extends Leg {
    int UNAVAILABLE = 503;

    /** Nothing sent. */
    record Idle(LegId id) implements OutgoingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            return LegStep.unexpected(this, event);
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(ClosedLeg.Ended.after(id));
        }

        @Override
        public LegStep invite(SipAction.Invite invite, Instant at) {
            SessionTimer timer = new SessionTimer(invite.session().interval(), true);
            Dialog dialog = new Dialog(id, Direction.OUTBOUND, at, invite.sdp(), Peer.UNKNOWN, timer, 0);
            return LegStep.to(new Calling(dialog, invite.sdp().isPresent()), invite);
        }
    }

    /**
     * INVITE sent, nothing heard. CANCEL is not allowed yet (RFC 3261 section 9.1).
     *
     * @param offered our INVITE carried the offer, so that a 2xx brings the answer
     */
    record Calling(Dialog dialog, boolean offered) implements OutgoingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Progressed e) {
                return progressed(new Proceeding(dialog, offered), e);
            }
            return event instanceof Updated e
                    ? Leg.update(this, e, offered ? 491 : 500)
                    : answeredOrFailed(this, dialog, offered, event, at);
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(new Forsaken(dialog, offered, why), new SipAction.AwaitProgress(id()));
        }

        @Override
        public LegId id() {
            return dialog.leg();
        }
    }

    /** A 1xx came; the phone may be ringing. */
    record Proceeding(Dialog dialog, boolean offered) implements OutgoingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Progressed e) {
                return progressed(this, e);
            }
            return event instanceof Updated e
                    ? Leg.update(this, e, offered ? 491 : 500)
                    : answeredOrFailed(this, dialog, offered, event, at);
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(new Cancelling(dialog, offered), new SipAction.Cancel(id(), why));
        }

        @Override
        public LegId id() {
            return dialog.leg();
        }
    }

    /** Given up before anything was heard: the first 1xx triggers the CANCEL (RFC 3261 section 9.1). */
    record Forsaken(Dialog dialog, boolean offered, Optional<Reason> why) implements OutgoingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Progressed) {
                return LegStep.to(new Cancelling(dialog, offered), new SipAction.Cancel(id(), why));
            }
            return event instanceof Updated e ? Leg.update(this, e, 500) : unwanted(this, dialog, offered, why, event);
        }

        @Override
        public LegStep hangUp(Optional<Reason> again) {
            return LegStep.stay(this);
        }

        @Override
        public LegId id() {
            return dialog.leg();
        }
    }

    /** CANCEL sent; the INVITE still owes its final response, and that may be a 2xx. */
    record Cancelling(Dialog dialog, boolean offered) implements OutgoingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Progressed) {
                return LegStep.stay(this);
            }
            if (event instanceof SendFailed e && e.action() instanceof SipAction.Cancel) {
                return LegStep.stay(this); // its final response had already come and is on its way to us
            }
            return event instanceof Updated e
                    ? Leg.update(this, e, 500)
                    : unwanted(this, dialog, offered, Optional.empty(), event);
        }

        @Override
        public LegStep hangUp(Optional<Reason> again) {
            return LegStep.stay(this);
        }

        @Override
        public LegId id() {
            return dialog.leg();
        }
    }

    /**
     * The 2xx is here and its ACK is owed.
     *
     * @param owed the offer in the 2xx, which the ACK must answer
     */
    record Answered2xx(Dialog dialog, Optional<Sdp> owed) implements OutgoingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof ByeReceived e) {
                return LegStep.to(
                                ClosedLeg.Ended.after(id()),
                                new SipAction.Ack(id(), dialog.refusal(owed)),
                                new SipAction.AnswerBye(id()))
                        .telling(OpenLeg.hungUp(e));
            }
            if (event instanceof Answered) {
                return LegStep.stay(this); // a retransmission: the ACK comes when the call has what it needs for it
            }
            if (event instanceof LegEvent.Reinvited) {
                return LegStep.to(this, new SipAction.Respond(id(), 491, "", Optional.empty()));
            }
            return event instanceof Updated e ? Leg.update(this, e, 491) : LegStep.unexpected(this, event);
        }

        @Override
        public LegStep answer(Optional<Sdp> sdp, Instant at) {
            return ack(sdp);
        }

        @Override
        public Peer peer() {
            return dialog.peer();
        }

        @Override
        public LegStep ack(Optional<Sdp> sdp) {
            Optional<Sdp> answer = owed.isEmpty()
                    ? Optional.empty()
                    : sdp.isPresent() ? dialog.reply(owed, sdp) : dialog.refusal(owed);
            return LegStep.to(
                    new OpenLeg.Up(dialog.sending(answer)), new SipAction.Ack(id(), answer), dialog.restart());
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return ClosedLeg.ackAndBye(dialog, owed, why);
        }

        @Override
        public LegId id() {
            return dialog.leg();
        }
    }

    private static LegStep progressed(Leg next, Progressed e) {
        LegStep step = LegStep.to(next);
        return e.status() > 100 ? step.telling(new LegNews.Rang(e.status(), e.sdp())) : step;
    }

    private static LegStep answeredOrFailed(Leg leg, Dialog dialog, boolean offered, LegEvent event, Instant at) {
        if (event instanceof Answered e) {
            Optional<Sdp> owed = offered ? Optional.empty() : e.sdp();
            return LegStep.to(new Answered2xx(dialog.accepted(e.peer()), owed), dialog.measure(at))
                    .telling(new LegNews.Accepted(e.sdp()));
        }
        if (event instanceof Rejected e) {
            boolean reached = leg instanceof Proceeding;
            return dialog.retrying(e.status(), e.hints())
                    .map(again -> LegStep.to(
                            new Calling(again, offered),
                            new SipAction.InviteAgain(leg.id(), again.timer().proposal())))
                    .orElseGet(() -> LegStep.to(ClosedLeg.Ended.unanswered(leg.id(), offered))
                            .telling(new LegNews.Failed(e.status(), e.phrase(), reached, e.hints(), false)));
        }
        if (event instanceof SendFailed e && isInvite(e.action())) {
            return LegStep.to(ClosedLeg.Ended.unanswered(leg.id(), offered))
                    .telling(new LegNews.Failed(UNAVAILABLE, e.why(), false, Hints.NONE, false));
        }
        if (event instanceof Barred e) {
            return LegStep.to(ClosedLeg.Ended.unanswered(leg.id(), offered))
                    .telling(new LegNews.Failed(UNAVAILABLE, e.why(), false, e.hints(), true));
        }
        return LegStep.unexpected(leg, event);
    }

    private static boolean isInvite(SipAction action) {
        return action instanceof SipAction.Invite || action instanceof SipAction.InviteAgain;
    }

    /** A final response to an INVITE that nobody wants any more. */
    private static LegStep unwanted(Leg leg, Dialog dialog, boolean offered, Optional<Reason> why, LegEvent event) {
        if (event instanceof Answered e) {
            // the 2xx won the race with the CANCEL: ACK, then BYE (RFC 3261 section 9.1)
            return ClosedLeg.ackAndBye(dialog, offered ? Optional.empty() : e.sdp(), why);
        }
        if (event instanceof Rejected || event instanceof SendFailed || event instanceof Barred) {
            return LegStep.to(ClosedLeg.Ended.unanswered(leg.id(), offered));
        }
        return LegStep.unexpected(leg, event);
    }
}
