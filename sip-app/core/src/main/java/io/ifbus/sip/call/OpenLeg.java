// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.LegEvent.Answered;
import io.ifbus.sip.call.LegEvent.ByeReceived;
import io.ifbus.sip.call.LegEvent.Cancelled;
import io.ifbus.sip.call.LegEvent.Reinvited;
import io.ifbus.sip.call.LegEvent.SendFailed;
import io.ifbus.sip.call.LegEvent.UpdateAnswered;
import io.ifbus.sip.call.LegEvent.Updated;
import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A leg whose dialog is confirmed, until one of us hangs up. Drawn at {@link Leg}. */
sealed interface OpenLeg extends Leg permits OpenLeg.Up, OwnChange, PeersChange {
    /** How soon a session is refreshed that could not be when it was due. */
    Duration SOON = Duration.ofSeconds(5);

    Dialog dialog();

    /** The same state with another dialog. */
    OpenLeg with(Dialog dialog);

    @Override
    default LegId id() {
        return dialog().leg();
    }

    @Override
    default boolean isUp() {
        return true;
    }

    @Override
    default Peer peer() {
        return dialog().peer();
    }

    /** What only {@code Up} can do is put off. */
    @Override
    default LegStep timer(TimerName name) {
        return name == TimerName.SESSION
                ? LegStep.to(this, CallAction.StartTimer.of(TimerName.SESSION.of(id()), SOON))
                : LegStep.stay(this);
    }

    /** What all of them say to a re-INVITE and UPDATE that come at the wrong time, and to the answer to a refresh. */
    default LegStep otherwise(LegEvent event, int statusOfUpdate) {
        if (event instanceof Reinvited) { // glare, or one on top of another (RFC 3261 section 14.2)
            return LegStep.to(
                    this,
                    this instanceof PeersChange.PeerChange
                            ? new SipAction.Respond(
                                    id(), 500, "", Optional.empty(), Map.of("Retry-After", "5"), Optional.empty())
                            : new SipAction.Respond(id(), 491, "", Optional.empty()));
        }
        if (event instanceof Updated e) {
            return e.sdp().isPresent() && !e.peer().asksTooOften()
                    ? Leg.update(this, e, statusOfUpdate)
                    : refreshed(this, e);
        }
        if (event instanceof UpdateAnswered e) {
            return e.status() < 300
                    ? renewed(dialog().accepted(e.peer()))
                    : LegStep.to(this, CallAction.StartTimer.of(TimerName.SESSION.of(id()), SOON));
        }
        boolean isPast = event instanceof Cancelled // of what was refused meanwhile
                || event instanceof SendFailed e && !(e.action() instanceof SipAction.Bye);
        return isPast ? LegStep.stay(this) : LegStep.unexpected(this, event);
    }

    private LegStep renewed(Dialog dialog) {
        return LegStep.to(with(dialog), dialog.restart());
    }

    /** The peer refreshed the session (RFC 4028 section 9). */
    private static LegStep refreshed(OpenLeg leg, Updated e) {
        if (e.peer().asksTooOften()) {
            return LegStep.to(leg, new SipAction.AnswerUpdate(leg.id(), 422, Optional.empty(), Optional.empty()));
        }
        Dialog dialog = leg.dialog().asked(e.peer());
        return LegStep.to(
                leg.with(dialog),
                new SipAction.AnswerUpdate(
                        leg.id(), 200, Optional.empty(), dialog.timer().inResponse(dialog.peer())),
                dialog.restart());
    }

    static LegNews hungUp(ByeReceived bye) {
        return new LegNews.Over(200, "Hung up", bye.reason());
    }

    /** The dialog is gone for the peer (RFC 3261 section 12.2.1.2). */
    static boolean isGone(int status) {
        return status == 408 || status == 481;
    }

    /**
     * Both can talk; nothing under way.
     *
     * @param backingOff our re-INVITE met another one: the next waits a while
     */
    record Up(Dialog dialog, boolean backingOff) implements OpenLeg {
        private static final Duration OWNER_MIN = Duration.ofMillis(2100);
        private static final Duration OWNER_MAX = Duration.ofSeconds(4);
        private static final Duration OTHER_MAX = Duration.ofSeconds(2);

        Up(Dialog dialog) {
            this(dialog, false);
        }

        /** After a 491: who owns the Call-ID waits longer (RFC 3261 section 14.1). */
        static LegStep afterGlare(Dialog dialog) {
            boolean owner = dialog.direction() == Direction.OUTBOUND;
            return LegStep.to(
                    new Up(dialog, true),
                    new CallAction.StartTimer(
                            TimerName.GLARE.of(dialog.leg()),
                            owner ? OWNER_MIN : Duration.ZERO,
                            owner ? OWNER_MAX : OTHER_MAX));
        }

        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof ByeReceived e) {
                return LegStep.to(ClosedLeg.Ended.after(id()), new SipAction.AnswerBye(id()))
                        .telling(hungUp(e));
            }
            if (event instanceof Reinvited e) {
                return e.peer().asksTooOften()
                        ? LegStep.to(this, new SipAction.Respond(id(), 422, "", Optional.empty()))
                        : change(e.sdp(), e.peer(), false);
            }
            if (event instanceof Updated e && e.sdp().isPresent() && !e.peer().asksTooOften()) {
                return change(e.sdp(), e.peer(), true);
            }
            if (event instanceof UpdateAnswered e) {
                return refreshAnswered(e);
            }
            if (event instanceof SendFailed e && e.action() instanceof SipAction.Ack) {
                return ClosedLeg.bye(dialog, Optional.empty()).telling(new LegNews.Over(500, e.why()));
            }
            return event instanceof Answered ? LegStep.stay(this) : otherwise(event, 500);
        }

        private LegStep change(Optional<Sdp> offer, Peer peer, boolean byUpdate) {
            return LegStep.to(new PeersChange.PeerChange(dialog, offer, peer, byUpdate))
                    .telling(new LegNews.Offer(offer));
        }

        private LegStep refreshAnswered(UpdateAnswered e) {
            if (isGone(e.status())) {
                return ClosedLeg.bye(dialog, Optional.of(new Reason(e.status(), "Session lost")))
                        .telling(new LegNews.Over(e.status(), "Session lost"));
            }
            if (e.status() == 405 || e.status() == 501) { // then by re-INVITE
                return new Up(dialog.with(dialog.peer().without("UPDATE"))).refresh();
            }
            if (e.status() == 422) {
                SessionTimer longer =
                        dialog.timer().atLeast(e.peer().minSession().orElse(SessionTimer.SMALLEST));
                Dialog again =
                        new Dialog(id(), dialog.direction(), dialog.since(), dialog.sent(), dialog.peer(), longer, 0);
                return LegStep.to(new Up(again), CallAction.StartTimer.of(TimerName.SESSION.of(id()), SOON));
            }
            return otherwise(e, 500);
        }

        @Override
        public LegStep timer(TimerName name) {
            if (name == TimerName.GLARE) {
                return LegStep.to(new Up(dialog));
            }
            if (name != TimerName.SESSION) {
                return LegStep.stay(this);
            }
            return dialog.timer().ours()
                    ? refresh()
                    : ClosedLeg.bye(dialog, Optional.of(new Reason(408, "Session expired")))
                            .telling(new LegNews.Over(408, "Session expired"));
        }

        /** By UPDATE without an offer if the peer knows it (RFC 4028 section 7.4), else by the last description again. */
        private LegStep refresh() {
            SessionTerms terms = dialog.timer().inRequest();
            if (dialog.peer().allows("UPDATE") || dialog.sent().isEmpty()) {
                return LegStep.to(this, new SipAction.Update(id(), terms), dialog.restart());
            }
            return LegStep.to(
                    new OwnChange.Refreshing(dialog),
                    new SipAction.Reinvite(id(), dialog.sent(), terms),
                    dialog.restart());
        }

        @Override
        public LegStep reinvite(Optional<Sdp> sdp) {
            Optional<Sdp> offer = dialog.offer(sdp);
            Dialog fresh = dialog.sending(offer).untried();
            return LegStep.to(
                    new OwnChange.Changing(fresh, dialog, offer.isPresent()),
                    new SipAction.Reinvite(id(), offer, dialog.timer().inRequest()));
        }

        @Override
        public LegStep offer(Sdp sdp, Instant at) {
            return reinvite(Optional.of(sdp));
        }

        @Override
        public LegStep park() {
            return reinvite(Optional.of(dialog.sent().map(Sdp::inactive).orElseGet(() -> Sdp.inactiveOffer(1))));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return ClosedLeg.bye(dialog, why);
        }

        @Override
        public boolean isFree() {
            return !backingOff;
        }

        @Override
        public OpenLeg with(Dialog changed) {
            return new Up(changed, backingOff);
        }
    }
}
