// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A transfer that is under way.
 *
 * <pre>
 *  blind, by us        DIALING --18x--> RINGING --2xx--> ANSWERED --joined with the transferee--> completed
 *  attended, by us     the same, but joined with the transferor first: CONSULTING --asked, or the transferor leaves-->
 *                      HANDING_OVER --joined with the transferee--> completed
 *  a party of another  BORROWING --its leg is lent--> ANSWERED, as above
 *  by the phone        REFERRING --2xx--> REFERRED --NOTIFY 2xx--> completed
 *                      REFERRING --405, 420, 501, and we may choose--> DIALING
 *  from each           refused, timed out, target gone, cancelled --> failed: the call is as it was before
 * </pre>
 *
 * Until the target is joined with the transferee the transferor keeps the call. A transferor that leaves earlier does
 * not stop a transfer; if it then fails the call ends.
 *
 * @param leaving the transferor's leg; one that was never rung when a single party is connected
 * @param target the target's leg, once there is one
 * @param reporter names the REFER whose sender is told how it goes; none if the API asked, or it wants no news
 * @param borrowed from which call the target comes
 */
record TransferRun(
        Transfer transfer,
        Stage stage,
        LegId leaving,
        Optional<LegId> target,
        Optional<Long> reporter,
        Optional<CallId> borrowed) {
    enum Stage {
        DIALING,
        RINGING,
        ANSWERED,
        CONSULTING,
        HANDING_OVER,
        BORROWING,
        REFERRING,
        REFERRED
    }

    TransferRun {
        requireNonNull(transfer, "transfer");
        requireNonNull(stage, "stage");
        requireNonNull(leaving, "leaving");
    }

    boolean attended() {
        return transfer.kind() == Transfer.Kind.ATTENDED;
    }

    boolean byPhone() {
        return stage == Stage.REFERRING || stage == Stage.REFERRED;
    }

    boolean isTarget(LegId leg) {
        return target.filter(leg::equals).isPresent();
    }

    TransferRun at(Stage next) {
        return new TransferRun(transfer, next, leaving, target, reporter, borrowed);
    }

    TransferRun at(Stage next, Transfer.State shown) {
        return new TransferRun(transfer.now(shown), next, leaving, target, reporter, borrowed);
    }

    TransferRun by(Transfer.Method method) {
        return new TransferRun(transfer.by(method), stage, leaving, target, reporter, borrowed);
    }

    TransferRun towards(LegId leg) {
        return new TransferRun(transfer, stage, leaving, Optional.of(leg), reporter, borrowed);
    }
}
