// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;

/** What {@link Call#allowed()} offers is not refused when it is asked for. */
final class Offers {
    private Offers() {}

    static void areKept(Call call) {
        for (Operation operation : call.allowed()) {
            boolean kept = wishes(call, operation).stream().anyMatch(wish -> isTaken(call, wish));
            assertThat(kept).as("%s takes %s", call, operation.word()).isTrue();
        }
    }

    private static boolean isTaken(Call call, CallEvent wish) {
        return call.on(wish, Story.NOON).actions().stream().noneMatch(action -> isRefusal(action, wish));
    }

    private static boolean isRefusal(CallAction action, CallEvent wish) {
        if (action instanceof CallAction.Announce e) {
            return e.notice() instanceof CallNotice.Trouble
                    || e.notice() instanceof CallNotice.TransferChanged t
                            && t.transfer().hasEnded()
                            && wish instanceof CallEvent.TransferRequested;
        }
        return action instanceof CallAction.NoteSurprise;
    }

    private static List<CallEvent> wishes(Call call, Operation operation) {
        return switch (operation) {
            case HANG_UP -> List.of(new CallEvent.HangUpRequested());
            case HOLD -> List.of(new CallEvent.HoldRequested());
            case RESUME -> List.of(new CallEvent.ResumeRequested());
            case DTMF ->
                List.of(
                        new CallEvent.DigitsRequested(Side.CALLER, "1"),
                        new CallEvent.DigitsRequested(Side.CALLEE, "1"));
            case TRANSFER -> List.of(blind(call));
            case ANSWER -> List.of(new CallEvent.Decided(new Decision.Answer()));
            case RING -> List.of(new CallEvent.Decided(new Decision.Ring()));
            case REJECT -> List.of(new CallEvent.Decided(new Decision.Reject(486, "")));
            case REDIRECT -> List.of(new CallEvent.Decided(new Decision.Redirect(Party.of("sip:dora@192.0.2.9"))));
        };
    }

    /** Of the side that a client means who does not say which. */
    private static CallEvent blind(Call call) {
        return new CallEvent.TransferRequested(Transfer.requested(
                new TransferId(new UUID(1, 1)),
                Transfer.Kind.BLIND,
                call.absent().orElse(Side.CALLEE),
                "sip:carol@192.0.2.3",
                Transfer.Method.AUTO,
                Story.NOON));
    }
}
