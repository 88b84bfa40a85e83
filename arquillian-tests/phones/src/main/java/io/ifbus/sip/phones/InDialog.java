// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import io.ifbus.sip.phones.Reply.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;

/** Answers the requests within a call: as usual, or as the story has it. For the line's thread. */
final class InDialog {

    /** The usual treatment. */
    interface Usual {
        void apply(Request request, ServerTransaction transaction) throws Exception;
    }

    private record Waiting(Request request, ServerTransaction transaction) {}

    private final CallCore call;
    private final Referrals referrals;
    private final Equipment equipment;
    private final Usual usual;

    /** What came and waits for the story. Guarded by the watch. */
    private final Deque<Waiting> deferred = new ArrayDeque<>();

    InDialog(CallCore call, Referrals referrals, Equipment equipment, Usual usual) {
        this.call = call;
        this.referrals = referrals;
        this.equipment = equipment;
        this.usual = usual;
    }

    void heard(Request request, ServerTransaction transaction) throws Exception {
        String method = request.getMethod();
        Manners manners = equipment.manners();
        boolean refer = Request.REFER.equals(method) && equipment.exchange().allows(method);
        Reply reply = refer && !manners.hasScriptFor(method) ? manners.refer() : manners.next(method);
        Waiting waiting = new Waiting(request, transaction);
        if (reply.kind() == Kind.DEFERRED) equipment.watch().change(() -> deferred.addLast(waiting));
        else if (reply.after().isZero()) perform(waiting, reply);
        else equipment.line().later(reply.after(), () -> perform(waiting, reply));
    }

    private void perform(Waiting waiting, Reply reply) throws Exception {
        String method = waiting.request().getMethod();
        switch (reply.kind()) {
            case USUAL -> usual.apply(waiting.request(), waiting.transaction());
            case STATUS -> {
                if (Request.REFER.equals(method))
                    referrals.accept(waiting.request(), waiting.transaction(), reply.status(), reply.headers());
                else
                    equipment
                            .messages()
                            .respond(waiting.transaction(), reply.status(), Optional.empty(), reply.headers());
            }
            case SILENCE, DEFERRED -> {}
        }
        if (Request.BYE.equals(method) && reply.kind() != Kind.USUAL) call.become(State.ENDED);
    }

    boolean hasDeferred(String method) {
        return equipment.watch().look(() -> deferred.stream()
                .anyMatch(waiting -> waiting.request().getMethod().equals(method)));
    }

    /** Answers the oldest of this method that waits; without one it does nothing. */
    void answerDeferred(String method, Reply reply) throws Exception {
        Optional<Waiting> oldest = equipment.watch().look(() -> deferred.stream()
                .filter(waiting -> waiting.request().getMethod().equals(method))
                .findFirst());
        if (oldest.isEmpty()) return;
        equipment.watch().change(() -> deferred.remove(oldest.get()));
        perform(oldest.get(), reply);
    }
}
