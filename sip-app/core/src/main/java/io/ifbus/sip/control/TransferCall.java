// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Operation;
import io.ifbus.sip.call.Side;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.call.TransferId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Hands one party of a call over. */
public final class TransferCall {
    private static final Set<Transfer.State> TOO_EARLY =
            EnumSet.of(Transfer.State.REQUESTED, Transfer.State.DIALING, Transfer.State.RINGING);

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
     * @throws InvalidRequest if a field is missing or wrong, or does not go with the rest; nothing has been sent
     * @throws NoSuchCall if one of the calls is not known, or ended too long ago
     * @throws WrongState if the call is in no state to be transferred
     * @throws IdempotencyConflict if the key was used for another request
     */
    public Transfer handle(CallId id, Request request, Optional<String> key) {
        record Asked(CallId id, Request request) {}
        return once.perform(key, new Asked(id, request), () -> begin(id, request));
    }

    private Transfer begin(CallId id, Request request) {
        if (calls.find(id).isEmpty()) {
            throw new NoSuchCall(id);
        }
        String target = target(id, request);
        CallSnapshot call = calls.allowing(id, Operation.TRANSFER);
        Transfer transfer = Transfer.requested(
                new TransferId(ids.get()),
                kind(request),
                transferor(call, request),
                target,
                request.method(),
                calls.now());
        CallSnapshot after = calls.ask(id, Operation.TRANSFER, new CallEvent.TransferRequested(transfer));
        return transfer(after, transfer.id()).orElseThrow(() -> new WrongState(after, Operation.TRANSFER));
    }

    /** Somebody must be there to be handed over, and to consult. */
    private static Side transferor(CallSnapshot call, Request request) {
        Side leaving = request.transferor().or(call::absent).orElse(Side.CALLEE);
        if (call.absent().filter(side -> side != leaving).isPresent()) {
            throw new InvalidRequest("transferor", "The call has nobody on the other side to be handed over");
        }
        if (request.consult() && call.absent().isPresent()) {
            throw new InvalidRequest("consult", "The call has nobody to talk with the target first");
        }
        return leaving;
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
        if (request.method() == Transfer.Method.REFER) {
            throw new InvalidRequest("method", "'replaces' goes without 'method': 'refer'");
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
     * @throws WrongState if there has been no consultation yet, or is to be none
     */
    public Transfer complete(CallId id, TransferId transfer) {
        Transfer before = find(id, transfer);
        boolean early = before.kind() != Transfer.Kind.ATTENDED || TOO_EARLY.contains(before.state());
        if (early && !before.hasEnded()) {
            CallSnapshot call = calls.find(id).orElseThrow(() -> new NoSuchCall(id));
            throw new WrongState(
                    call,
                    "The transfer is " + before.kind().word() + " and "
                            + before.state().word() + "; only a consultation is completed");
        }
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
