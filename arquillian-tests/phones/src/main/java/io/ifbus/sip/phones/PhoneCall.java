// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * One call of one phone, as caller or as callee (RFC 3261, RFC 3264).
 *
 * <p>Commands may come from any thread and return when their message was handed to the stack; a command that makes no
 * sense in the call's state does nothing. Deliberately absent: early media, reliable provisional responses, session
 * timers.
 */
public final class PhoneCall {

    /** Where a call stands. */
    public enum State {
        /** We sent an INVITE. */
        DIALING,
        /** The far end rings. */
        RINGING,
        /** An INVITE came. */
        INCOMING,
        /** We ring. */
        ALERTING,
        /** We sent 200 and wait for the ACK. */
        ANSWERED,
        TALKING,
        /** We sent CANCEL or BYE, or shall as soon as it is allowed. */
        HANGING_UP,
        ENDED
    }

    private final Station station;
    private final Messages messages;
    private final Line line;
    private final Watch watch;
    private final Optional<Audio> audio;
    private final OfferAnswer offerAnswer;
    private final Reinvites reinvites;
    private final Consumer<PhoneCall> onChange;

    private State state;
    private int finalStatus;
    private String callId = "";

    // Touched by the line's thread only.
    private ClientTransaction dialled;
    private ServerTransaction invited;
    private Dialog dialog;
    private boolean provisionalSeen;
    private boolean cancelSent;
    private boolean hangUpWanted;
    private boolean refusalOpen;

    PhoneCall(
            Station station,
            Messages messages,
            Line line,
            Watch watch,
            Optional<Audio> audio,
            Negotiation negotiation,
            Consumer<PhoneCall> onChange) {
        this.station = station;
        this.messages = messages;
        this.line = line;
        this.watch = watch;
        this.audio = audio;
        offerAnswer = new OfferAnswer(negotiation);
        reinvites = new Reinvites(this, offerAnswer, messages, line, watch);
        this.onChange = onChange;
    }

    public State state() {
        return watch.look(() -> state);
    }

    public String callId() {
        return watch.look(() -> callId);
    }

    /** The final status of the first INVITE, once there is one. */
    public OptionalInt finalStatus() {
        return watch.look(() -> finalStatus == 0 ? OptionalInt.empty() : OptionalInt.of(finalStatus));
    }

    /** Empty if the phone has no audio. */
    public Optional<Audio> audio() {
        return audio;
    }

    boolean isReinviting() {
        return reinvites.isPending();
    }

    // ---- commands ----

    /** Sends 180. */
    public void ring() {
        line.run(() -> {
            if (state() != State.INCOMING) return;
            messages.respond(invited, Response.RINGING);
            become(State.ALERTING);
        });
    }

    /** Sends 200 with the answer, or with an offer if the INVITE had none. */
    public void answer() {
        line.run(() -> {
            if (!isWaitingForUs()) return;
            Optional<String> description = offerAnswer.forOk(invited.getRequest());
            if (description.isEmpty()) {
                refuse(Response.NOT_ACCEPTABLE_HERE);
                return;
            }
            ended(Response.OK);
            become(State.ANSWERED); // first: the ACK may come while we are still sending
            messages.respond(invited, Response.OK, description);
        });
    }

    public void reject(int status) {
        line.run(() -> {
            if (isWaitingForUs()) refuse(status);
        });
    }

    /** BYE, CANCEL or a refusal, whatever ends the call now; waits where the protocol demands it. */
    public void hangUp() {
        line.run(() -> {
            switch (state()) {
                case INCOMING, ALERTING -> refuse(Response.BUSY_HERE);
                case DIALING, RINGING -> {
                    become(State.HANGING_UP);
                    cancelIfAllowed();
                }
                // RFC 3261 section 15: no BYE from the callee before the ACK.
                case ANSWERED -> hangUpWanted = true;
                case TALKING -> bye();
                case HANGING_UP, ENDED -> {}
            }
        });
    }

    /** A re-INVITE that offers sendonly (hold) or sendrecv. */
    public void reinvite(boolean hold) {
        line.run(() -> reinvites.change(hold));
    }

    /** A re-INVITE without an offer; the answer goes into the ACK. */
    public void reinviteWithoutOffer() {
        line.run(reinvites::askForOffer);
    }

    // ---- what the phone passes on, on the line's thread ----

    void dial(Request invite) throws SipException {
        watch.change(() -> callId = callIdOf(invite));
        become(State.DIALING);
        try {
            dialled = station.send(invite);
            dialog = dialled.getDialog();
        } catch (SipException e) {
            // RFC 3261 section 8.1.3.1: a transport error counts as 503.
            end(Response.SERVICE_UNAVAILABLE);
        }
    }

    Optional<String> offer() {
        return offerAnswer.offer();
    }

    void invited(ServerTransaction transaction) {
        invited = transaction;
        dialog = transaction.getDialog();
        watch.change(() -> callId = callIdOf(transaction.getRequest()));
        become(State.INCOMING);
    }

    void request(Request request, ServerTransaction transaction) throws Exception {
        switch (request.getMethod()) {
            case Request.INVITE -> reinvites.heard(request, transaction);
            case Request.ACK -> acknowledged(request);
            case Request.CANCEL -> cancelled(transaction);
            case Request.BYE -> byeHeard(transaction);
            case Request.UPDATE -> reinvites.updateHeard(request, transaction);
            case Request.OPTIONS, Request.INFO, Request.NOTIFY, Request.MESSAGE ->
                messages.respond(transaction, Response.OK);
            default -> messages.respond(transaction, Response.METHOD_NOT_ALLOWED);
        }
    }

    void response(Response response, Dialog heardIn) throws Exception {
        CSeqHeader cseq = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
        int status = response.getStatusCode();
        boolean first = dialled != null && cseq.getSeqNumber() == cseqOf(dialled.getRequest());
        if (Request.INVITE.equals(cseq.getMethod())) {
            if (!first) reinvites.answered(response);
            else if (status < 200) progressed(status);
            else if (status < 300) answered(response, heardIn);
            else end(status); // the stack has sent the ACK
        } else if (Request.BYE.equals(cseq.getMethod()) && status >= 200) become(State.ENDED);
    }

    void timeout(Request request) {
        if (Request.INVITE.equals(request.getMethod())) end(Response.REQUEST_TIMEOUT);
        else if (Request.BYE.equals(request.getMethod())) become(State.ENDED);
    }

    /** RFC 3261 section 13.3.1.4: no ACK for 64*T1, so hang up. */
    void unacknowledged() throws Exception {
        if (state() == State.ANSWERED) bye();
    }

    /** Whether this ACK is the first one of our refusal. */
    boolean takeRefusalAcknowledged() {
        boolean taken = refusalOpen;
        refusalOpen = false;
        return taken;
    }

    void discard() {
        offerAnswer.end();
    }

    // ---- as caller ----

    private void progressed(int status) throws Exception {
        provisionalSeen = true;
        if (status > 100 && state() == State.DIALING) become(State.RINGING);
        if (state() == State.HANGING_UP) cancelIfAllowed();
    }

    private void answered(Response ok, Dialog heardIn) throws Exception {
        CSeqHeader cseq = (CSeqHeader) ok.getHeader(CSeqHeader.NAME);
        boolean other = heardIn != dialog && state() == State.TALKING;
        boolean late = state() == State.HANGING_UP || state() == State.ENDED;
        if (other || late) {
            // A second fork's answer, or one that crossed our CANCEL: ACK it, then BYE (RFC 3261 section 15).
            heardIn.sendAck(messages.ack(heardIn, cseq.getSeqNumber(), Optional.empty()));
            if (late) dialog = heardIn;
            station.send(heardIn, messages.inDialog(heardIn, Request.BYE, Optional.empty()));
            return;
        }
        dialog = heardIn;
        boolean offered = Messages.body(dialled.getRequest()).isPresent();
        boolean agreed = acknowledge(ok, offered);
        ended(ok.getStatusCode());
        become(State.TALKING);
        if (!agreed) bye();
    }

    private void cancelIfAllowed() throws SipException {
        // RFC 3261 section 9.1: not before a provisional response.
        if (!provisionalSeen || cancelSent) return;
        cancelSent = true;
        station.send(dialled.createCancel());
    }

    // ---- as callee ----

    private boolean isWaitingForUs() {
        return state() == State.INCOMING || state() == State.ALERTING;
    }

    private void refuse(int status) throws Exception {
        refusalOpen = true;
        messages.respond(invited, status);
        end(status);
    }

    private void acknowledged(Request ack) throws Exception {
        offerAnswer.ackHeard(ack);
        if (state() != State.ANSWERED) return;
        become(State.TALKING);
        if (hangUpWanted) bye();
    }

    private void cancelled(ServerTransaction cancel) throws Exception {
        messages.respond(cancel, Response.OK);
        if (isWaitingForUs()) refuse(Response.REQUEST_TERMINATED);
    }

    // ---- once it is up ----

    private void byeHeard(ServerTransaction bye) throws Exception {
        messages.respond(bye, Response.OK);
        // RFC 3261 section 15.1.2: a BYE in an early dialog ends the INVITE too.
        if (isWaitingForUs()) refuse(Response.REQUEST_TERMINATED);
        else become(State.ENDED);
    }

    void bye() throws Exception {
        become(State.HANGING_UP);
        send(Request.BYE, Optional.empty());
    }

    void send(String method, Optional<String> description) throws Exception {
        station.send(dialog, messages.inDialog(dialog, method, description));
    }

    boolean isCaller() {
        return dialled != null;
    }

    /** Sends the ACK of a 2xx; false if there was nothing to agree on. */
    boolean acknowledge(Response ok, boolean offered) throws Exception {
        OfferAnswer.Settlement settlement = offerAnswer.settle(ok, offered);
        dialog.sendAck(messages.ack(dialog, cseqOf(ok), settlement.ackBody()));
        return settlement.agreed();
    }

    private void end(int status) {
        ended(status);
        become(State.ENDED);
    }

    private void ended(int status) {
        watch.change(() -> finalStatus = finalStatus == 0 ? status : finalStatus);
    }

    private void become(State next) {
        if (next == State.HANGING_UP || next == State.ENDED) offerAnswer.end();
        watch.change(() -> state = next);
        onChange.accept(this);
    }

    static String callIdOf(Message message) {
        return ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
    }

    private static long cseqOf(Message message) {
        return ((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getSeqNumber();
    }
}
