// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Changes of a call that is up: re-INVITEs of both sides and the far end's UPDATEs (RFC 3261 section 14, RFC 3311). */
final class Reinvites {

    private final PhoneCall call;
    private final OfferAnswer offerAnswer;
    private final Messages messages;
    private final Line line;
    private final Watch watch;

    /** What we are about to change, until it is settled. Guarded by the watch. */
    private Optional<Change> pending = Optional.empty();

    // Touched by the line's thread only.
    private boolean inviteOpen;
    private boolean held;

    private record Change(boolean hold, boolean withOffer) {}

    Reinvites(PhoneCall call, OfferAnswer offerAnswer, Messages messages, Line line, Watch watch) {
        this.call = call;
        this.offerAnswer = offerAnswer;
        this.messages = messages;
        this.line = line;
        this.watch = watch;
    }

    boolean isPending() {
        return watch.look(() -> pending.isPresent());
    }

    void change(boolean hold) throws Exception {
        begin(new Change(hold, true));
    }

    void askForOffer() throws Exception {
        begin(new Change(held, false));
    }

    private void begin(Change change) throws Exception {
        if (call.state() != State.TALKING || isPending()) return;
        watch.change(() -> pending = Optional.of(change));
        send(change);
    }

    private void send(Change change) throws Exception {
        if (call.state() != State.TALKING) return;
        offerAnswer.hold(change.hold());
        inviteOpen = true;
        call.send(Request.INVITE, change.withOffer() ? offerAnswer.offer() : Optional.empty());
    }

    void answered(Response response) throws Exception {
        int status = response.getStatusCode();
        if (status < 200 || pending.isEmpty()) return;
        Change change = pending.get();
        inviteOpen = false;
        if (status < 300) {
            held = change.hold();
            boolean agreed = call.acknowledge(response, change.withOffer());
            settled();
            if (!agreed) call.bye();
            return;
        }
        offerAnswer.hold(held);
        if (status == Response.REQUEST_PENDING) {
            line.later(glareDelay(), () -> send(change));
            return;
        }
        settled();
        if (status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST || status == Response.REQUEST_TIMEOUT) call.bye();
    }

    private void settled() {
        watch.change(() -> pending = Optional.empty());
    }

    /** RFC 3261 section 14.1: who made the Call-ID waits longer. */
    private Duration glareDelay() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return Duration.ofMillis(call.isCaller() ? random.nextLong(2100, 4000) : random.nextLong(0, 2000));
    }

    void heard(Request invite, ServerTransaction transaction) throws Exception {
        // RFC 3261 section 14.2: an INVITE of theirs is still open, or one of ours.
        if (call.state() == State.ENDED) messages.respond(transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        else if (call.state() == State.ANSWERED) messages.respond(transaction, Response.SERVER_INTERNAL_ERROR);
        else if (inviteOpen) messages.respond(transaction, Response.REQUEST_PENDING);
        else {
            Optional<String> description = offerAnswer.forOk(invite);
            messages.respond(transaction, OfferAnswer.statusFor(description), description);
        }
    }

    void updateHeard(Request update, ServerTransaction transaction) throws Exception {
        Optional<String> offer = Messages.body(update);
        if (offer.isEmpty()) messages.respond(transaction, Response.OK);
        // RFC 3311 section 5.2: offers must not overlap.
        else if (inviteOpen || offerAnswer.isAnswerDueInAck()) messages.respond(transaction, Response.REQUEST_PENDING);
        else {
            Optional<String> answer = offerAnswer.answerTo(offer.get());
            messages.respond(transaction, OfferAnswer.statusFor(answer), answer);
        }
    }
}
