// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.LegEvent.Acked;
import io.ifbus.sip.call.LegEvent.Answered;
import io.ifbus.sip.call.LegEvent.ByeAnswered;
import io.ifbus.sip.call.LegEvent.ByeReceived;
import io.ifbus.sip.call.LegEvent.Cancelled;
import io.ifbus.sip.call.LegEvent.Progressed;
import io.ifbus.sip.call.LegEvent.Reinvited;
import io.ifbus.sip.call.LegEvent.Rejected;
import io.ifbus.sip.call.LegEvent.SendFailed;
import io.ifbus.sip.call.LegEvent.UpdateAnswered;
import io.ifbus.sip.call.LegEvent.Updated;
import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Optional;

/** A leg that is ending or has ended. Drawn at {@link Leg}. */
sealed interface ClosedLeg extends Leg {
    /**
     * One of us said BYE, and something of ours still waits for its final response.
     *
     * @param byeOpen our BYE does
     * @param inviteOpen our re-INVITE does; a 2xx to it is acknowledged all the same
     * @param offered that re-INVITE carried the offer
     */
    record Closing(Dialog dialog, boolean byeOpen, boolean inviteOpen, boolean offered) implements ClosedLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof ByeAnswered) {
                return left(false, inviteOpen);
            }
            if (event instanceof ByeReceived) { // crossed ours
                return LegStep.to(this, new SipAction.AnswerBye(id()));
            }
            if (event instanceof Answered e && inviteOpen) {
                Optional<Sdp> answer = offered ? Optional.empty() : dialog.refusal(e.sdp());
                return left(byeOpen, false, new SipAction.Ack(id(), answer));
            }
            if (event instanceof Rejected && inviteOpen) {
                return left(byeOpen, false);
            }
            if (event instanceof Reinvited) {
                return LegStep.to(this, new SipAction.Respond(id(), 481, "", Optional.empty()));
            }
            if (event instanceof Updated) {
                return LegStep.to(this, gone(id()));
            }
            if (event instanceof SendFailed e) {
                return e.action() instanceof SipAction.Bye ? left(false, inviteOpen) : LegStep.stay(this);
            }
            return event instanceof Progressed
                            || event instanceof Acked
                            || event instanceof Cancelled // of what was refused when we hung up
                            || event instanceof Answered
                            || event instanceof UpdateAnswered
                    ? LegStep.stay(this)
                    : LegStep.unexpected(this, event);
        }

        private LegStep left(boolean bye, boolean invite, CallAction... actions) {
            Leg next = bye || invite ? new Closing(dialog, bye, invite, offered) : Ended.after(id());
            return LegStep.to(next, actions);
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

    /** Over. */
    record Ended(LegId id, Late late) implements ClosedLeg {
        /** What a 2xx would be if one still came. */
        enum Late {
            /** A retransmission: its ACK has gone out. */
            KNOWN,
            /** The answer to our offer, from a phone that we had given up. */
            ANSWER,
            /** An offer from a phone that we had given up. */
            OFFER
        }

        /** The leg of an INVITE that was not answered by a 2xx. */
        static Ended unanswered(LegId id, boolean offered) {
            return new Ended(id, offered ? Late.ANSWER : Late.OFFER);
        }

        static Ended after(LegId id) {
            return new Ended(id, Late.KNOWN);
        }

        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Answered e && late != Late.KNOWN) { // ACK, then BYE
                SessionTimer timer = new SessionTimer(SessionTimer.SMALLEST, true);
                Dialog dialog = new Dialog(id, Direction.OUTBOUND, at, Optional.empty(), e.peer(), timer, 0);
                return ackAndBye(dialog, late == Late.OFFER ? e.sdp() : Optional.empty(), Optional.empty());
            }
            if (event instanceof ByeReceived) {
                return LegStep.to(this, new SipAction.AnswerBye(id));
            }
            if (event instanceof Reinvited) {
                return LegStep.to(this, new SipAction.Respond(id, 481, "", Optional.empty()));
            }
            return event instanceof Updated ? LegStep.to(this, gone(id)) : LegStep.stay(this);
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.stay(this);
        }

        @Override
        public boolean isEnded() {
            return true;
        }
    }

    private static SipAction gone(LegId leg) {
        return new SipAction.AnswerUpdate(leg, 481, Optional.empty(), Optional.empty());
    }

    static LegStep bye(Dialog dialog, Optional<Reason> why) {
        return LegStep.to(new Closing(dialog, true, false, true), new SipAction.Bye(dialog.leg(), why));
    }

    /** Ends a leg whose 2xx is not acknowledged yet; an offer in it is answered with all ports 0. */
    static LegStep ackAndBye(Dialog dialog, Optional<Sdp> owed, Optional<Reason> why) {
        return LegStep.to(
                new Closing(dialog, true, false, true),
                new SipAction.Ack(dialog.leg(), dialog.refusal(owed)),
                new SipAction.Bye(dialog.leg(), why));
    }
}
