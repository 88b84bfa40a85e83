// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Operation;
import io.ifbus.sip.call.Side;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends DTMF digits to one party. */
public final class SendDigits {
    private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,64}");
    private final Calls calls;

    public SendDigits(Calls calls) {
        this.calls = requireNonNull(calls, "calls");
    }

    /**
     * Begins to send, one digit after the other, and returns at once.
     *
     * @param side to whom; if nobody says, the callee, or the caller of a call that has no callee
     * @throws InvalidRequest if the digits are not 1 to 64 of 0-9, *, #, A-D, or nobody is on that side; nothing has
     *     been sent
     * @throws NoSuchCall if the call is not known, or ended too long ago
     * @throws WrongState if nobody has answered
     */
    public CallSnapshot handle(CallId id, Optional<Side> side, String digits) {
        String upper = digits == null ? "" : digits.toUpperCase(Locale.ROOT);
        if (!DIGITS.matcher(upper).matches()) {
            throw new InvalidRequest("digits", "'digits' must be 1 to 64 of 0-9, *, #, A-D");
        }
        Side party = party(calls.allowing(id, Operation.DTMF), side);
        return calls.ask(id, Operation.DTMF, new CallEvent.DigitsRequested(party, upper));
    }

    private static Side party(CallSnapshot call, Optional<Side> side) {
        Side usual = call.absent().equals(Optional.of(Side.CALLEE)) ? Side.CALLER : Side.CALLEE;
        Side party = side.orElse(usual);
        if (call.absent().equals(Optional.of(party))) {
            throw new InvalidRequest("party", "The call has no " + party.word());
        }
        return party;
    }
}
