// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

/** What happens to a call. Those of one leg are {@link LegEvent}s. */
public sealed interface CallEvent {
    /** The call is in the register and may send. */
    record Started() implements CallEvent {}

    /** Someone wants the call ended. Harmless when repeated. */
    record HangUpRequested() implements CallEvent {}

    /** A timer of the call ran out. */
    record TimerFired(TimerName timer) implements CallEvent {}

    /**
     * The peer of {@code leg} sent an INFO.
     *
     * @param reference names the request for {@link SipAction.RelayInfo} and {@link SipAction.RefuseInfo}
     */
    record InfoReceived(LegId leg, int reference) implements CallEvent {}

    /** What happens on one leg: a message, or the news that one could not be sent. */
    sealed interface OnLeg extends CallEvent permits LegEvent {
        LegId leg();
    }
}
