// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** UPDATEs of either side, with an offer or without (RFC 3311). For the line's thread. */
final class Updates {

    private final CallCore call;
    private final OfferAnswer offerAnswer;
    private final Reinvites reinvites;
    private final Messages messages;

    /** What our open UPDATE offers. */
    private Optional<Direction> offered = Optional.empty();

    private boolean open;

    Updates(CallCore call, OfferAnswer offerAnswer, Reinvites reinvites, Messages messages) {
        this.call = call;
        this.offerAnswer = offerAnswer;
        this.reinvites = reinvites;
        this.messages = messages;
    }

    /** @param wanted what to offer; empty for an UPDATE without a body */
    void send(Optional<Direction> wanted) throws Exception {
        offered = wanted;
        open = true;
        wanted.ifPresent(offerAnswer::wants);
        call.send(Request.UPDATE, wanted.isPresent() ? offerAnswer.offer() : Optional.empty());
    }

    void answered(Response response) {
        int status = response.getStatusCode();
        if (status < 200 || !open) return;
        open = false;
        if (offered.isEmpty()) return;
        if (status < 300) {
            reinvites.direction(offered.get());
            Messages.body(response).ifPresent(offerAnswer::answered);
        } else offerAnswer.wants(reinvites.direction());
        offered = Optional.empty();
    }

    void heard(Request update, ServerTransaction transaction) throws Exception {
        Optional<String> offer = Messages.body(update);
        boolean busy = reinvites.isOpen() || offerAnswer.isAnswerDueInAck() || offered.isPresent();
        if (offer.isEmpty()) messages.respond(transaction, Response.OK);
        // RFC 3311 section 5.2: offers must not overlap.
        else if (busy) messages.respond(transaction, Response.REQUEST_PENDING);
        else {
            Optional<String> answer = offerAnswer.answerTo(offer.get());
            messages.respond(transaction, OfferAnswer.statusFor(answer), answer);
        }
    }
}
