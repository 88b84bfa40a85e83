// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Operation;
import io.ifbus.sip.call.Side;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.call.TransferId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Hands one party of a call over. */
public final class TransferCall {
    private final Calls calls;
    private final Supplier<UUID> ids;
    private final Once<Transfer> once;

    public TransferCall(Calls calls, Supplier<UUID> ids, Once<Transfer> once) {
        this.calls = requireNonNull(calls, "calls");
        this.ids = requireNonNull(ids, "ids");
        this.once = requireNonNull(once, "once");
    }

    /**
     * To whom. Not checked until handled.
     *
     * @param target a SIP or tel URI; null if {@code replaces} is given
     * @param consult the transferor talks with the target first
     * @param replaces another call whose far party is the target; null if {@code target} is given
     * @param transferor the side that leaves; the callee if nobody says
     * @param method who makes the new call
     */
    public record Request(
            String target, boolean consult, CallId replaces, Optional<Side> transferor, Transfer.Method method) {
        public Request {
            requireNonNull(transferor, "transferor");
            requireNonNull(method, "method");
        }
    }

    /**
     * Begins to transfer and returns at once. Until the target has answered the transferor keeps the call.
     *
     * @param key the same key gives the same transfer, for 24 hours
     * @return the transfer as it is now
     * @throws InvalidRequest if a field is missing or wrong; nothing has been sent
     * @throws NoSuchCall if one of the calls is not known, or ended too long ago
     * @throws WrongState if the call is in no state to be transferred
     * @throws IdempotencyConflict if the key was used for another request
     */
    public Transfer handle(CallId id, Request request, Optional<String> key) {
        record Asked(CallId id, Request request) {}
        return once.perform(key, new Asked(id, request), () -> begin(id, request));
    }

    private Transfer begin(CallId id, Request request) {
        CallSnapshot call = calls.find(id).orElseThrow(() -> new NoSuchCall(id));
        Transfer transfer = Transfer.requested(
                new TransferId(ids.get()),
                kind(request),
                request.transferor().or(call::absent).orElse(Side.CALLEE),
                target(id, request),
                request.method(),
                calls.now());
        CallSnapshot after = calls.ask(id, Operation.TRANSFER, new CallEvent.TransferRequested(transfer));
        return transfer(after, transfer.id()).orElseThrow(() -> new WrongState(after, Operation.TRANSFER));
    }

    private static Transfer.Kind kind(Request request) {
        if (request.replaces() != null) {
            return Transfer.Kind.JOIN;
        }
        return request.consult() ? Transfer.Kind.ATTENDED : Transfer.Kind.BLIND;
    }

    private String target(CallId id, Request request) {
        if (request.replaces() == null) {
            return Words.anyUri("target", request.target());
        }
        if (request.target() != null || request.consult()) {
            throw new InvalidRequest("replaces", "'replaces' goes without 'target' and 'consult'");
        }
        if (request.replaces().equals(id)) {
            throw new InvalidRequest("replaces", "'replaces' must be another call");
        }
        return calls.find(request.replaces())
                .map(other -> other.id().toString())
                .orElseThrow(() -> new NoSuchCall(request.replaces()));
    }

    /**
     * Ends the consultation and hands over. Harmless when repeated.
     *
     * @throws NoSuchCall if the call is not known, or ended too long ago
     * @throws NoSuchTransfer if the call has no such transfer
     */
    public Transfer complete(CallId id, TransferId transfer) {
        return order(id, transfer, new CallEvent.TransferCompletionRequested(transfer));
    }

    /**
     * Gives the transfer up: the call is to be as it was. Harmless when it has ended.
     *
     * @throws NoSuchCall if the call is not known, or ended too long ago
     * @throws NoSuchTransfer if the call has no such transfer
     */
    public Transfer cancel(CallId id, TransferId transfer) {
        return order(id, transfer, new CallEvent.TransferCancelRequested(transfer));
    }

    private Transfer order(CallId id, TransferId transfer, CallEvent wish) {
        if (!find(id, transfer).hasEnded()) {
            calls.apply(id, wish);
        }
        return find(id, transfer);
    }

    /**
     * One transfer as it is now.
     *
     * @throws NoSuchCall if the call is not known, or ended too long ago
     * @throws NoSuchTransfer if the call has no such transfer
     */
    public Transfer find(CallId id, TransferId transfer) {
        CallSnapshot call = calls.find(id).orElseThrow(() -> new NoSuchCall(id));
        return transfer(call, transfer).orElseThrow(() -> new NoSuchTransfer(transfer));
    }

    private static Optional<Transfer> transfer(CallSnapshot call, TransferId id) {
        return call.transfers().stream().filter(t -> t.id().equals(id)).findFirst();
    }
}
