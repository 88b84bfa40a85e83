// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.call.LegEvent.AckMissing;
import io.ifbus.sip.call.LegEvent.Acked;
import io.ifbus.sip.call.LegEvent.ByeReceived;
import io.ifbus.sip.call.LegEvent.Cancelled;
import io.ifbus.sip.call.LegEvent.Reinvited;
import io.ifbus.sip.call.LegEvent.SendFailed;
import io.ifbus.sip.call.LegEvent.Updated;
import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A leg on which a phone rings us, until our 2xx is acknowledged. Drawn at {@link Leg}. */
sealed interface IncomingLeg extends Leg {
    /**
     * INVITE received, no final response sent.
     *
     * @param offer none if the INVITE asks us for one
     */
    record Invited(Dialog dialog, Optional<Sdp> offer) implements IncomingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Cancelled e) {
                return LegStep.to(ClosedLeg.Ended.after(id())).telling(cancelled(e.reason()));
            }
            if (event instanceof ByeReceived e) { // a BYE in the early dialog; the INVITE still wants its answer
                return LegStep.to(
                                ClosedLeg.Ended.after(id()),
                                new SipAction.AnswerBye(id()),
                                new SipAction.Respond(id(), 487, "", Optional.empty()))
                        .telling(cancelled(e.reason()));
            }
            return event instanceof Updated e ? Leg.update(this, e, 500) : LegStep.unexpected(this, event);
        }

        /** The answer of another leg, or its offer when the INVITE asked for one. */
        @Override
        public LegStep answer(Optional<Sdp> sdp, Instant at) {
            return accept(sdp, at);
        }

        @Override
        public LegStep offer(Sdp sdp, Instant at) {
            return accept(Optional.of(sdp), at);
        }

        @Override
        public boolean isFree() {
            return offer.isEmpty();
        }

        @Override
        public Peer peer() {
            return dialog.peer();
        }

        @Override
        public LegStep ring(int status, Optional<Sdp> sdp) {
            Optional<Sdp> early = dialog.reply(offer, sdp);
            return LegStep.to(
                    new Invited(dialog.sending(early), offer), new SipAction.Respond(id(), status, "", early));
        }

        @Override
        public LegStep accept(Optional<Sdp> sdp, Instant at) {
            Optional<Sdp> reply = dialog.reply(offer, sdp);
            Dialog agreed = dialog.asked(dialog.peer()).sending(reply);
            return LegStep.to(
                    new Accepting(agreed),
                    new SipAction.Respond(
                            id(), 200, "", reply, Map.of(), agreed.timer().inResponse(agreed.peer())),
                    dialog.measure(at));
        }

        @Override
        public LegStep refuse(int status, String phrase) {
            return refuse(status, phrase, Map.of());
        }

        LegStep refuse(int status, String phrase, Map<String, String> headers) {
            return LegStep.to(
                    ClosedLeg.Ended.after(id()),
                    new SipAction.Respond(id(), status, phrase, Optional.empty(), headers, Optional.empty()));
        }

        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return why.map(r -> refuse(
                            r.status(),
                            r.text(),
                            r.heard().map(h -> Map.of("Reason", h)).orElse(Map.of())))
                    .orElseGet(() -> refuse(480, ""));
        }

        @Override
        public LegId id() {
            return dialog.leg();
        }
    }

    /** 2xx sent, its ACK awaited. */
    record Accepting(Dialog dialog) implements IncomingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            if (event instanceof Acked e) {
                return LegStep.to(new OpenLeg.Up(dialog), dialog.restart()).telling(new LegNews.Acked(e.sdp()));
            }
            return awaitingAck(this, dialog, event);
        }

        /** No BYE before the ACK (RFC 3261 section 15). */
        @Override
        public LegStep hangUp(Optional<Reason> why) {
            return LegStep.to(new Regretting(dialog, why));
        }

        @Override
        public LegId id() {
            return dialog.leg();
        }
    }

    /** 2xx sent, and we want to hang up as soon as its ACK allows it. */
    record Regretting(Dialog dialog, Optional<Reason> why) implements IncomingLeg {
        @Override
        public LegStep on(LegEvent event, Instant at) {
            return event instanceof Acked ? ClosedLeg.bye(dialog, why) : awaitingAck(this, dialog, event);
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

    private static LegStep awaitingAck(Leg leg, Dialog dialog, LegEvent event) {
        if (event instanceof AckMissing) { // RFC 3261 section 13.3.1.4
            return ClosedLeg.bye(dialog, Optional.of(new Reason(408, "ACK missing")))
                    .telling(new LegNews.Over(408, "ACK missing"));
        }
        if (event instanceof ByeReceived e) {
            return LegStep.to(ClosedLeg.Ended.after(leg.id()), new SipAction.AnswerBye(leg.id()))
                    .telling(OpenLeg.hungUp(e));
        }
        if (event instanceof Cancelled || isUnsent2xx(event)) { // the CANCEL came before our 2xx could leave
            return LegStep.to(ClosedLeg.Ended.after(leg.id())).telling(cancelled(Optional.empty()));
        }
        if (event instanceof Reinvited) {
            return LegStep.to(leg, new SipAction.Respond(leg.id(), 491, "", Optional.empty()));
        }
        return event instanceof Updated e ? Leg.update(leg, e, 500) : LegStep.unexpected(leg, event);
    }

    private static LegNews cancelled(Optional<String> reason) {
        return new LegNews.Over(487, "Cancelled by caller", reason);
    }

    private static boolean isUnsent2xx(LegEvent event) {
        return event instanceof SendFailed e && e.action() instanceof SipAction.Respond r && r.status() == 200;
    }
}
