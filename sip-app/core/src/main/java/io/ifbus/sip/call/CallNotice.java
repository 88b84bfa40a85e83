// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Something about a call that others want to hear of: the event stream, the records, a client that waits. */
public sealed interface CallNotice {
    /** The call's public state changed. */
    record StateChanged(StateChange change) implements CallNotice {
        public StateChanged {
            requireNonNull(change, "change");
        }
    }

    /**
     * A client may say what becomes of the call.
     *
     * @param limit how long it has
     */
    record Offered(Duration limit) implements CallNotice {
        public Offered {
            requireNonNull(limit, "limit");
        }
    }

    /** A transfer began, went on or ended. */
    record TransferChanged(Transfer transfer) implements CallNotice {
        public TransferChanged {
            requireNonNull(transfer, "transfer");
        }
    }

    /**
     * Something was asked of the call and could not be done; the call goes on.
     *
     * @param code a stable name in kebab case
     * @param message a sentence for people
     * @param retryable the same may work later
     */
    record Trouble(String code, String message, boolean retryable) implements CallNotice {
        public Trouble {
            requireNonNull(code, "code");
            requireNonNull(message, "message");
        }
    }
}
