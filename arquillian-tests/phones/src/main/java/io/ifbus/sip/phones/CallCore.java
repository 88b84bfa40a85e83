// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A call's state and dialog, and who deals with each of its messages. For the line's thread, but for what says so. */
final class CallCore {

    /** What is done to a request before it leaves. */
    interface Finish {
        void apply(Request request) throws Exception;
    }

    /** Told of each status above 100 that the first INVITE brought. */
    interface Observer {
        void progressed(int status) throws Exception;
    }

    final OfferAnswer offerAnswer;
    final CallerSide caller;
    final CalleeSide callee;
    final Reinvites reinvites;
    final Updates updates;
    final Referrals referrals;
    final Digits digits;
    final InDialog inDialog;

    private final Equipment equipment;
    private final Line line;
    private final Watch watch;
    private final Runnable onChange;

    // Guarded by the watch.
    private State state;
    private int finalStatus;
    private String callId = "";

    private Dialog dialog;
    private Optional<Observer> observer = Optional.empty();

    CallCore(Equipment equipment, Negotiation negotiation, Runnable onChange) {
        this.equipment = equipment;
        line = equipment.line();
        watch = equipment.watch();
        this.onChange = onChange;
        offerAnswer = new OfferAnswer(negotiation);
        caller = new CallerSide(this, equipment);
        callee = new CalleeSide(this, equipment, offerAnswer);
        reinvites = new Reinvites(this, offerAnswer, equipment);
        updates = new Updates(this, offerAnswer, reinvites, equipment.messages());
        referrals = new Referrals(this, equipment);
        digits = new Digits(this, equipment);
        inDialog = new InDialog(this, referrals, equipment, this::asUsual);
    }

    // ---- for any thread ----

    State state() {
        return watch.look(() -> state);
    }

    String callId() {
        return watch.look(() -> callId);
    }

    OptionalInt finalStatus() {
        return watch.look(() -> finalStatus == 0 ? OptionalInt.empty() : OptionalInt.of(finalStatus));
    }

    // ---- what the phone passes on ----

    void dial(Request invite) {
        watch.change(() -> callId = callIdOf(invite));
        caller.dial(invite);
    }

    void invited(ServerTransaction transaction) {
        watch.change(() -> callId = callIdOf(transaction.getRequest()));
        callee.invited(transaction);
    }

    void request(Request request, ServerTransaction transaction) throws Exception {
        if (Request.ACK.equals(request.getMethod())) callee.acknowledged(request);
        else if (Request.BYE.equals(request.getMethod())
                && !isOurs(((FromHeader) request.getHeader(FromHeader.NAME)).getTag()))
            equipment.messages().respond(transaction, Response.OK); // of a fork that we did not take
        else inDialog.heard(request, transaction);
    }

    private void asUsual(Request request, ServerTransaction transaction) throws Exception {
        String method = request.getMethod();
        boolean allowed = Request.CANCEL.equals(method) || equipment.exchange().allows(method);
        switch (allowed ? method : "") {
            case Request.INVITE -> reinvites.heard(request, transaction);
            case Request.CANCEL -> callee.cancelled(transaction);
            case Request.BYE -> byeHeard(transaction);
            case Request.UPDATE -> updates.heard(request, transaction);
            case Request.REFER -> referrals.follow(request, transaction);
            case Request.NOTIFY -> referrals.notified(request, transaction);
            case Request.INFO -> digits.heard(request, transaction);
            case Request.OPTIONS, Request.MESSAGE -> equipment.messages().respond(transaction, Response.OK);
            default -> equipment.messages().respond(transaction, Response.METHOD_NOT_ALLOWED);
        }
    }

    void response(Response response, Dialog heardIn) throws Exception {
        String method = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod();
        switch (method) {
            case Request.INVITE -> {
                if (caller.isAnsweredBy(response)) caller.heard(response, heardIn);
                else reinvites.answered(response);
            }
            case Request.UPDATE -> updates.answered(response);
            case Request.BYE -> {
                boolean ours = isOurs(((ToHeader) response.getHeader(ToHeader.NAME)).getTag());
                if (response.getStatusCode() >= 200 && ours) become(State.ENDED);
            }
            default -> {}
        }
    }

    void timeout(Request request) {
        if (Request.INVITE.equals(request.getMethod())) end(Response.REQUEST_TIMEOUT);
        else if (Request.BYE.equals(request.getMethod())) become(State.ENDED);
    }

    /** RFC 3261 section 13.3.1.4: no ACK for 64*T1, so hang up. */
    void unacknowledged() throws Exception {
        if (state() == State.ANSWERED) bye();
    }

    // ---- for its parts, on the line's thread ----

    Dialog dialog() {
        return dialog;
    }

    void dialog(Dialog current) {
        dialog = current;
    }

    /** Whether this is the dialog that a Replaces header names. */
    boolean isDialog(Replaced named) {
        return dialog != null
                && named.toTag().equals(dialog.getLocalTag())
                && named.fromTag().equals(dialog.getRemoteTag());
    }

    /** Whether the far end of the dialog has this tag, or none yet. */
    private boolean isOurs(String remoteTag) {
        return dialog == null
                || dialog.getRemoteTag() == null
                || dialog.getRemoteTag().equals(remoteTag);
    }

    boolean isCaller() {
        return caller.isActive();
    }

    private void byeHeard(ServerTransaction bye) throws Exception {
        equipment.messages().respond(bye, Response.OK);
        // RFC 3261 section 15.1.2: a BYE in an early dialog ends the INVITE too.
        if (callee.isWaitingForUs()) callee.refuse(Response.REQUEST_TERMINATED, Map.of());
        else become(State.ENDED);
    }

    void bye() throws Exception {
        become(State.HANGING_UP);
        send(Request.BYE, Optional.empty());
    }

    void send(String method, Optional<String> description) throws Exception {
        equipment.station().send(dialog, equipment.messages().inDialog(dialog, method, description));
    }

    void send(String method, Finish finish) throws Exception {
        if (dialog == null) return;
        Request request = equipment.messages().inDialog(dialog, method, Optional.empty());
        finish.apply(request);
        equipment.station().send(dialog, request);
    }

    /** Sends the ACK of a 2xx, if the phone ever does; false if there was nothing to agree on. */
    boolean acknowledge(Response ok, boolean offered) throws Exception {
        OfferAnswer.Settlement settlement = offerAnswer.settle(ok, offered);
        if (equipment.manners().acknowledges())
            dialog.sendAck(equipment.messages().ack(dialog, cseqOf(ok), settlement.ackBody()));
        return settlement.agreed();
    }

    void whenProgressed(Observer told) throws Exception {
        observer = Optional.of(told);
        OptionalInt already = finalStatus();
        if (already.isPresent()) told.progressed(already.getAsInt());
    }

    void progressed(int status) throws Exception {
        if (observer.isPresent()) observer.get().progressed(status);
    }

    void end(int status) {
        boolean news = finalStatus().isEmpty();
        ended(status);
        become(State.ENDED);
        if (news) line.enqueue(() -> progressed(status));
    }

    void ended(int status) {
        watch.change(() -> finalStatus = finalStatus == 0 ? status : finalStatus);
    }

    void hangUp() throws Exception {
        switch (state()) {
            case INCOMING, ALERTING -> callee.refuse(Response.BUSY_HERE, Map.of());
            case DIALING, RINGING -> {
                become(State.HANGING_UP);
                caller.cancelIfAllowed();
            }
            case ANSWERED -> callee.hangUpAfterAck();
            case TALKING -> bye();
            case HANGING_UP, ENDED -> {}
        }
    }

    void become(State next) {
        if (next == State.HANGING_UP || next == State.ENDED) offerAnswer.end();
        watch.change(() -> state = next);
        onChange.run();
    }

    static String callIdOf(Message message) {
        return ((CallIdHeader) message.getHeader(CallIdHeader.NAME)).getCallId();
    }

    static long cseqOf(Message message) {
        return ((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getSeqNumber();
    }
}
