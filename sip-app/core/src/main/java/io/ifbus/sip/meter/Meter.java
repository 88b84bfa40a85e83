// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.meter;

import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import java.time.Duration;

/** Counts calls and measures how fast they are set up. Called on the path of each call: must be quick and not throw. */
public interface Meter {
    /** A call began. */
    void callStarted(Direction direction);

    /** A call is over and its legs have ended. */
    void callEnded(Direction direction, EndCause.Result result);

    /** One leg was answered, {@code setup} after our INVITE was sent (outbound) or received (inbound). */
    void legAnswered(Direction direction, Duration setup);

    /** Something arrived that a call's state had no use for; both words are from a small fixed set. */
    void surprised(String state, String event);
}
