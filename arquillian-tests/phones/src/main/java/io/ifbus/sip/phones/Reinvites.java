// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Changes of a call that is up, by re-INVITE of either side (RFC 3261 section 14). */
final class Reinvites {

    private final CallCore call;
    private final OfferAnswer offerAnswer;
    private final Messages messages;
    private final Line line;
    private final Watch watch;

    /** What we are about to change, until it is settled. Guarded by the watch. */
    private Optional<Change> pending = Optional.empty();

    // Touched by the line's thread only.
    private boolean inviteOpen;
    private Direction agreed = Direction.SENDRECV;

    private record Change(Direction wanted, boolean withOffer) {}

    Reinvites(CallCore call, OfferAnswer offerAnswer, Equipment equipment) {
        this.call = call;
        this.offerAnswer = offerAnswer;
        messages = equipment.messages();
        line = equipment.line();
        watch = equipment.watch();
    }

    boolean isPending() {
        return watch.look(() -> pending.isPresent());
    }

    /** Whether an INVITE of ours waits for its answer. */
    boolean isOpen() {
        return inviteOpen;
    }

    Direction direction() {
        return agreed;
    }

    void direction(Direction now) {
        agreed = now;
    }

    void change(Direction wanted) throws Exception {
        begin(new Change(wanted, true));
    }

    void askForOffer() throws Exception {
        begin(new Change(agreed, false));
    }

    private void begin(Change change) throws Exception {
        if (call.state() != State.TALKING || isPending()) return;
        watch.change(() -> pending = Optional.of(change));
        send(change);
    }

    private void send(Change change) throws Exception {
        if (call.state() != State.TALKING) return;
        offerAnswer.wants(change.wanted());
        inviteOpen = true;
        call.send(Request.INVITE, change.withOffer() ? offerAnswer.offer() : Optional.empty());
    }

    void answered(Response response) throws Exception {
        int status = response.getStatusCode();
        if (status < 200 || pending.isEmpty()) return;
        Change change = pending.get();
        inviteOpen = false;
        if (status < 300) {
            agreed = change.wanted();
            boolean settled = call.acknowledge(response, change.withOffer());
            settled();
            if (!settled) call.bye();
            return;
        }
        offerAnswer.wants(agreed);
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
}
