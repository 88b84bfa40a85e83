// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Which message of a call carries whose offer and answer (RFC 3261 section 13.2.1). For the line's thread. */
final class OfferAnswer {

    private final Negotiation negotiation;
    private boolean answerDueInAck;

    OfferAnswer(Negotiation negotiation) {
        this.negotiation = negotiation;
    }

    Optional<String> offer() {
        return Optional.of(negotiation.offer());
    }

    /** What our 200 to an INVITE says: the answer, or an offer if the INVITE had none; empty means 488. */
    Optional<String> forOk(Request invite) {
        Optional<String> theirs = Messages.body(invite);
        answerDueInAck = theirs.isEmpty();
        return theirs.isPresent() ? answerTo(theirs.get()) : offer();
    }

    /** Our answer; empty if the offer is malformed or not acceptable. */
    Optional<String> answerTo(String offer) {
        try {
            return negotiation.answer(offer);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void ackHeard(Request ack) {
        Optional<String> answer = Messages.body(ack);
        if (answerDueInAck && answer.isPresent()) negotiation.answered(answer.get());
        answerDueInAck = false;
    }

    boolean isAnswerDueInAck() {
        return answerDueInAck;
    }

    /**
     * Takes the 200 to an INVITE of ours.
     *
     * @param offered whether the INVITE had our offer
     * @return what the ACK says
     */
    Settlement settle(Message ok, boolean offered) {
        Optional<String> theirs = Messages.body(ok);
        if (offered) {
            theirs.ifPresent(negotiation::answered);
            return new Settlement(Optional.empty(), theirs.isPresent());
        }
        Optional<String> answer = theirs.flatMap(this::answerTo);
        return new Settlement(answer, answer.isPresent());
    }

    /** @param agreed false if there was nothing to agree on, so that the call has to end */
    record Settlement(Optional<String> ackBody, boolean agreed) {}

    static int statusFor(Optional<String> description) {
        return description.isPresent() ? Response.OK : Response.NOT_ACCEPTABLE_HERE;
    }

    void wants(Direction most) {
        negotiation.wants(most);
    }

    void answered(String answer) {
        negotiation.answered(answer);
    }

    void end() {
        negotiation.end();
    }
}
