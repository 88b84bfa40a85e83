// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import java.util.Map;
import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A call's first INVITE, where it came to us. For the line's thread. */
final class CalleeSide {

    private final CallCore call;
    private final Equipment equipment;
    private final OfferAnswer offerAnswer;

    private ServerTransaction invited;
    private boolean hangUpWanted;
    private boolean refusalOpen;

    CalleeSide(CallCore call, Equipment equipment, OfferAnswer offerAnswer) {
        this.call = call;
        this.equipment = equipment;
        this.offerAnswer = offerAnswer;
    }

    void invited(ServerTransaction transaction) {
        invited = transaction;
        call.dialog(transaction.getDialog());
        call.become(State.INCOMING);
    }

    boolean isWaitingForUs() {
        return call.state() == State.INCOMING || call.state() == State.ALERTING;
    }

    /** Sends 180 or another status below 200, with a session description if it is 183. */
    void progress(int status, Map<String, String> headers) throws Exception {
        if (!isWaitingForUs()) return;
        boolean early = status == Response.SESSION_PROGRESS
                && Messages.body(invited.getRequest()).isPresent();
        Optional<String> description = early ? offerAnswer.forOk(invited.getRequest()) : Optional.empty();
        equipment.messages().respond(invited, status, description, headers);
        if (status > 100) call.become(State.ALERTING);
    }

    void answer(Map<String, String> headers) throws Exception {
        if (!isWaitingForUs()) return;
        Optional<String> description = offerAnswer.forOk(invited.getRequest());
        if (description.isEmpty()) {
            refuse(Response.NOT_ACCEPTABLE_HERE, Map.of());
            return;
        }
        call.ended(Response.OK);
        call.become(State.ANSWERED); // first: the ACK may come while we are still sending
        equipment.messages().respond(invited, Response.OK, description, headers);
    }

    void refuse(int status, Map<String, String> headers) throws Exception {
        refusalOpen = true;
        equipment.messages().respond(invited, status, Optional.empty(), headers);
        call.end(status);
    }

    void acknowledged(Request ack) throws Exception {
        offerAnswer.ackHeard(ack);
        if (call.state() != State.ANSWERED) return;
        call.become(State.TALKING);
        if (hangUpWanted) call.bye();
    }

    void cancelled(ServerTransaction cancel) throws Exception {
        equipment.messages().respond(cancel, Response.OK);
        if (isWaitingForUs()) refuse(Response.REQUEST_TERMINATED, Map.of());
    }

    /** RFC 3261 section 15: no BYE from the callee before the ACK. */
    void hangUpAfterAck() {
        hangUpWanted = true;
    }

    /** Whether this ACK is the first one of our refusal. */
    boolean takeRefusalAcknowledged() {
        boolean taken = refusalOpen;
        refusalOpen = false;
        return taken;
    }

    /** Takes the place of another of our calls, if that is possible (RFC 3891 section 3). */
    void takePlaceOf(Replaced wanted) throws Exception {
        Optional<CallCore> old = equipment.exchange().find(wanted);
        if (old.isEmpty()) {
            refuse(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, Map.of());
            return;
        }
        switch (old.get().state()) {
            case ENDED, HANGING_UP -> refuse(Response.DECLINE, Map.of());
            case ANSWERED, TALKING -> {
                if (wanted.earlyOnly()) refuse(Response.BUSY_HERE, Map.of());
                else replace(old.get());
            }
            case RINGING -> replace(old.get());
            // Only who sent the INVITE may have its early dialog replaced.
            default -> refuse(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, Map.of());
        }
    }

    private void replace(CallCore old) throws Exception {
        answer(Map.of());
        if (call.state() == State.ANSWERED) old.hangUp();
    }
}
