// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.LegEvent.Answered;
import io.ifbus.sip.call.LegEvent.ByeReceived;
import io.ifbus.sip.call.LegEvent.Progressed;
import io.ifbus.sip.call.LegEvent.Rejected;
import io.ifbus.sip.call.LegEvent.SendFailed;
import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Optional;

/** A leg on which a re-INVITE of ours is under way. Drawn at {@link Leg}. */
sealed interface OwnChange extends OpenLeg {
    /**
     * Our re-INVITE is under way.
     *
     * @param before the dialog to go back to if it is not sent; the version that a sent one spent stays spent
     */
    record Changing(Dialog dialog, Dialog before, boolean offered) implements OwnChange {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Progressed) {
                return LegStep.stay(this);
            }
            if (event instanceof Answered e) {
                return LegStep.to(new Agreed(dialog.accepted(e.peer()), offered ? Optional.empty() : e.sdp()))
                        .telling(new LegNews.Agreed(e.sdp()));
            }
            if (event instanceof Rejected e) {
                return rejected(e);
            }
            if (event instanceof ByeReceived e) {
                return closing(this, e, offered);
            }
            if (isUnsent(event)) {
                return LegStep.to(new Up(before)).telling(new LegNews.Refused(500, ((SendFailed) event).why()));
            }
            return otherwise(event, 491);
        }

        private LegStep rejected(Rejected e) {
            Optional<Dialog> again = dialog.retrying(e.status(), e.hints());
            if (again.isPresent()) {
                return LegStep.to(
                        with(again.get()),
                        new SipAction.InviteAgain(id(), again.get().timer().inRequest()));
            }
            LegStep back = e.status() == 491 ? Up.afterGlare(dialog) : LegStep.to(new Up(dialog));
            return back.telling(new LegNews.Refused(e.status(), e.phrase()));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(new ClosedLeg.Closing(dialog, true, true, offered), new SipAction.Bye(id(), why));
        }

        @Override
        public OpenLeg with(Dialog changed) {
            return new Changing(changed, before, offered);
        }
    }

    /** Our re-INVITE says what was said before, so that the session goes on (RFC 4028 section 7.4). */
    record Refreshing(Dialog dialog) implements OwnChange {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Progressed) {
                return LegStep.stay(this);
            }
            if (event instanceof Answered e) {
                Dialog refreshed = dialog.accepted(e.peer());
                return LegStep.to(new Up(refreshed), new SipAction.Ack(id(), Optional.empty()), refreshed.restart());
            }
            if (event instanceof Rejected e) {
                return rejected(e);
            }
            if (event instanceof ByeReceived e) {
                return closing(this, e, true);
            }
            return isUnsent(event) ? later() : otherwise(event, 491);
        }

        private LegStep rejected(Rejected e) {
            if (OpenLeg.isGone(e.status())) {
                return ClosedLeg.bye(dialog, Optional.of(new Reason(e.status(), "Session lost")))
                        .telling(new LegNews.Over(e.status(), "Session lost"));
            }
            Optional<Dialog> again = dialog.retrying(e.status(), e.hints());
            return again.isPresent()
                    ? LegStep.to(
                            with(again.get()),
                            new SipAction.InviteAgain(id(), again.get().timer().inRequest()))
                    : later();
        }

        private LegStep later() {
            return LegStep.to(new Up(dialog), CallAction.StartTimer.of(TimerName.SESSION.of(id()), SOON));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(new ClosedLeg.Closing(dialog, true, true, true), new SipAction.Bye(id(), why));
        }

        @Override
        public OpenLeg with(Dialog changed) {
            return new Refreshing(changed);
        }
    }

    /** Our re-INVITE was accepted and the ACK is owed. */
    record Agreed(Dialog dialog, Optional<Sdp> owed) implements OwnChange {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Answered) {
                return LegStep.stay(this);
            }
            if (event instanceof ByeReceived e) {
                return LegStep.to(
                                ClosedLeg.Ended.after(id()),
                                new SipAction.Ack(id(), dialog.refusal(owed)),
                                new SipAction.AnswerBye(id()))
                        .telling(OpenLeg.hungUp(e));
            }
            return otherwise(event, 491);
        }

        @Override
        public LegStep ack(Optional<Sdp> sdp) {
            Optional<Sdp> answer = owed.isEmpty()
                    ? Optional.empty()
                    : sdp.isPresent() ? dialog.reply(owed, sdp) : dialog.refusal(owed);
            return LegStep.to(new Up(dialog.sending(answer)), new SipAction.Ack(id(), answer), dialog.restart());
        }

        @Override
        public LegStep answer(Optional<Sdp> sdp, Instant at) {
            return ack(sdp);
        }

        @Override
        public LegStep decline() {
            return ack(owed.map(Sdp::inactiveAnswer));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return ClosedLeg.ackAndBye(dialog, owed, why);
        }

        @Override
        public OpenLeg with(Dialog changed) {
            return new Agreed(changed, owed);
        }
    }

    private static boolean isUnsent(LegEvent event) {
        return event instanceof SendFailed e
                && (e.action() instanceof SipAction.Reinvite || e.action() instanceof SipAction.InviteAgain);
    }

    /** The peer left while our re-INVITE waits for its final response. */
    private static LegStep closing(OpenLeg leg, ByeReceived bye, boolean offered) {
        return LegStep.to(new ClosedLeg.Closing(leg.dialog(), false, true, offered), new SipAction.AnswerBye(leg.id()))
                .telling(OpenLeg.hungUp(bye));
    }
}
