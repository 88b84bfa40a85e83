// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One call: two legs and what is to become of them. Immutable.
 *
 * <pre>
 *  we start it (third party call control, RFC 3725 flow IV)      it reaches us
 *
 *  Created --started: INVITE A, inactive offer--> FirstRings     Arrived --echo: 180, 200--> Echoing
 *                                                  |                |
 *                     A answers: ACK, INVITE B     v                | bridge: INVITE B with A's offer
 *                          without an offer   SecondRings           v
 *                                                  |             Offering --B rings: the same to A
 *                        B answers with an offer:  v                |
 *                        re-INVITE A with it    Joining             | B answers: 200 to A, ACK B
 *                                                  |                |
 *                        A answers: ACK A,         v                v
 *                        ACK B with A's answer  Connected &lt;---------'
 *
 *  from each: hang-up, BYE, refusal, time-out -> Ending -> Terminated, when both legs have ended
 * </pre>
 *
 * Whoever leaves, the other leg is hung up in the way its state asks for: CANCEL, or BYE, or a refusal, with a Reason
 * where someone else's answer is the reason. In {@code Joining} B's 2xx waits for A's answer; if A fails, B is
 * acknowledged with all ports 0 and hung up.
 */
public final class Call {
    private final Phase phase;

    Call(Phase phase) {
        this.phase = phase;
    }

    /**
     * A call that we start: {@code from} is rung, then {@code to}, and the two are joined. Begins to act when started.
     */
    public static Call dial(CallFacts facts, Dialing dialing, Instant at) {
        Legs legs = Legs.of(new OutgoingLeg.Idle(LegId.A), new OutgoingLeg.Idle(LegId.B));
        return new Call(new Dialed.Created(CallData.begin(facts, legs, CallState.CREATED, at), dialing));
    }

    /**
     * A call that reaches us. Begins to act when started.
     *
     * @param offer none if the INVITE asks for one
     * @param peer what the INVITE says of the caller's phone
     */
    public static Call arrive(CallFacts facts, Plan plan, Optional<Sdp> offer, Peer peer, Instant at) {
        SessionTimer timer = new SessionTimer(facts.sessionInterval(), true);
        Dialog dialog = new Dialog(LegId.A, Direction.INBOUND, at, Optional.empty(), peer, timer, 0);
        Legs legs = Legs.of(new IncomingLeg.Invited(dialog, offer), new OutgoingLeg.Idle(LegId.B));
        return new Call(new Arriving.Arrived(CallData.begin(facts, legs, CallState.INCOMING, at), plan, offer));
    }

    /** Applies {@code event}. Total: each event is accepted in each state; surprises are noted, never thrown. */
    public Step on(CallEvent event, Instant at) {
        return phase.on(event, at);
    }

    public CallFacts facts() {
        return phase.data().facts();
    }

    public CallState state() {
        return phase.data().state();
    }

    /** What makes sense to ask of it now. */
    public Set<Operation> allowed() {
        return phase.allowed();
    }

    /** The side on which nobody was ever rung, if there is one. */
    public Optional<Side> absent() {
        CallData data = phase.data();
        return Stream.of(Side.values())
                .filter(side -> data.legs().get(data.pair().at(side)) instanceof OutgoingLeg.Idle)
                .findFirst();
    }

    /** The transfers that were asked for, oldest first, each as it is now. */
    public List<Transfer> transfers() {
        return phase.data().transfers();
    }

    /** The changes of the public state, oldest first. */
    public List<StateChange> history() {
        return phase.data().history();
    }

    /** When both could talk, if they ever could. */
    public Optional<Instant> connectedAt() {
        return phase.data().firstTime(CallState.CONNECTED);
    }

    public Optional<Instant> endedAt() {
        return phase.data().firstTime(CallState.TERMINATED);
    }

    /** Why it ends or has ended; empty as long as it lives. */
    public Optional<EndCause> cause() {
        return phase.cause();
    }

    public boolean isTerminated() {
        return state() == CallState.TERMINATED;
    }

    @Override
    public String toString() {
        return facts().id() + " " + phase.getClass().getSimpleName();
    }
}
