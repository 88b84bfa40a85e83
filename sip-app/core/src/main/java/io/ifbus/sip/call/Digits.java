// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import java.time.Duration;

/** Digits on their way to a phone, one at a time so that their order is kept. */
final class Digits {
    /** As long as a person presses a key. */
    private static final Duration LENGTH = Duration.ofMillis(160);

    private Digits() {}

    static Turn wanted(Turn turn, LegId leg, String digits) {
        String waiting = turn.data().digits().getOrDefault(leg, "");
        Turn queued = turn.with(turn.data().sending(leg, waiting + digits));
        return waiting.isEmpty() ? next(queued, leg) : queued;
    }

    /** The first one was answered: so the next, unless the phone does not want any. */
    static Turn sent(Turn turn, LegId leg, int status) {
        String waiting = turn.data().digits().getOrDefault(leg, "");
        if (status >= 300) {
            return turn.with(turn.data().sending(leg, ""))
                    .trouble("dtmf-refused", "The phone refused a digit with " + status, status == 408);
        }
        return waiting.isEmpty() ? turn : next(turn.with(turn.data().sending(leg, waiting.substring(1))), leg);
    }

    private static Turn next(Turn turn, LegId leg) {
        String waiting = turn.data().digits().getOrDefault(leg, "");
        if (!waiting.isEmpty() && !turn.leg(leg).isUp()) {
            return turn.with(turn.data().sending(leg, ""))
                    .trouble("dtmf-refused", "There is no phone to send the digits to", false);
        }
        return waiting.isEmpty() ? turn : turn.send(leg, id -> new SipAction.SendDigit(id, waiting.charAt(0), LENGTH));
    }
}
