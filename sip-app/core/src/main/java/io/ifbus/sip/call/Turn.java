// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The making of one {@link Step}: what has been ordered so far. Immutable. */
record Turn(CallData data, List<CallAction> actions, Instant at) {
    /** How long ending legs may take: the 64*T1 of a BYE or of a missing ACK, and a little. */
    static final Duration END_LIMIT = Duration.ofSeconds(40);

    private static final List<TimerName> WHILE_IT_LIVES =
            List.of(TimerName.RING, TimerName.JOIN, TimerName.OFFER, TimerName.TRANSFER);

    Turn {
        actions = List.copyOf(actions);
    }

    static Turn begin(CallData data, Instant at) {
        return new Turn(data, List.of(), at);
    }

    Pair pair() {
        return data.pair();
    }

    Leg leg(LegId id) {
        return data.legs().get(id);
    }

    /** Where {@code leg} lives on the wire. */
    Home home(LegId leg) {
        Home elsewhere = data.legs().lodgers().get(leg);
        return elsewhere == null ? new Home(data.facts().id(), leg) : elsewhere;
    }

    /** The name that the leg has here which lives at {@code home}; empty if it is none of ours. */
    Optional<LegId> find(Home home) {
        boolean own = home.call().equals(data.facts().id()) && data.legs().has(home.leg());
        return own ? Optional.of(home.leg()) : data.legs().at(home);
    }

    /** Orders something of one leg. */
    Turn tell(LegId id, Function<Leg, LegStep> order) {
        return after(id, order.apply(leg(id)));
    }

    /** What one leg did and wants done. */
    Turn after(LegId id, LegStep step) {
        List<CallAction> wanted = new ArrayList<>();
        step.actions().forEach(action -> wanted.add(outward(id, action)));
        if (leg(id).isUp() && !step.next().isUp()) {
            wanted.add(new CallAction.StopTimer(TimerName.GLARE.of(id)));
            wanted.add(new CallAction.StopTimer(TimerName.SESSION.of(id)));
        }
        Home elsewhere = data.legs().lodgers().get(id);
        if (elsewhere != null && step.next().isEnded() && !leg(id).isEnded()) {
            wanted.add(new CallAction.Tell(elsewhere.call(), new CallEvent.LodgerEnded()));
        }
        return new Turn(data.with(data.legs().with(id, step.next())), joined(wanted), at);
    }

    /** A leg names itself as it does where it began. */
    private CallAction outward(LegId id, CallAction action) {
        Home elsewhere = data.legs().lodgers().get(id);
        if (elsewhere == null) {
            return action;
        }
        if (action instanceof SipAction sip) {
            return new CallAction.Elsewhere(elsewhere.call(), sip);
        }
        if (action instanceof CallAction.StartTimer start) {
            return new CallAction.StartTimer(start.timer().name().of(id), start.atLeast(), start.atMost());
        }
        return action;
    }

    /** Sends something on a leg that its state has no part in. */
    Turn send(LegId id, Function<LegId, SipAction> message) {
        return act(outward(id, message.apply(home(id).leg())));
    }

    /** Takes a leg in that began in another call. */
    Turn adopting(LegId id, Leg leg, Home home) {
        Turn in = new Turn(data.with(data.legs().adopting(id, leg, home)), actions, at);
        return leg instanceof OpenLeg open
                ? in.act(CallAction.StartTimer.of(
                        TimerName.SESSION.of(id), open.dialog().timer().due()))
                : in;
    }

    /** Lets a leg go. */
    Turn losing(LegId id) {
        return new Turn(data.with(data.legs().without(id)), actions, at)
                .act(
                        new CallAction.StopTimer(TimerName.SESSION.of(id)),
                        new CallAction.StopTimer(TimerName.GLARE.of(id)));
    }

    /** Rings {@code to} on {@code id}, a leg that is new or idle. */
    Turn ring(LegId id, Party from, Party to, Optional<Sdp> offer, Map<String, String> headers) {
        CallFacts facts = data.facts();
        SessionTerms terms = new SessionTerms(facts.sessionInterval(), SessionTerms.Refresher.UNSAID);
        Map<String, String> all = new HashMap<>(headers);
        // privacy is the caller's, and what a trusted host told is of the caller: the callee is shown as it is
        Identity identity =
                from.equals(facts.from()) ? facts.identity() : facts.identity().ofOthers();
        all.putAll(identity.headers(from, to));
        Party shown = identity.shown(from);
        SipAction.Invite invite = new SipAction.Invite(id, shown, to, offer, all, facts.maxForwards(), terms);
        Turn ready = data.legs().has(id)
                ? this
                : new Turn(data.with(data.legs().with(id, new OutgoingLeg.Idle(id))), actions, at);
        return ready.tell(id, leg -> leg.invite(invite, at));
    }

    /** The two are one session end to end. */
    Turn introducing(Pair pair) {
        Home caller = home(pair.caller());
        Home callee = home(pair.callee());
        return send(pair.caller(), leg -> new SipAction.Introduce(leg, callee))
                .send(pair.callee(), leg -> new SipAction.Introduce(leg, caller));
    }

    Turn with(Pair pair) {
        return new Turn(data.with(pair), actions, at);
    }

    Turn with(CallData changed) {
        return new Turn(changed, actions, at);
    }

    /** Remembers how a transfer stands, and tells if that is news. */
    Turn with(Transfer transfer) {
        boolean known = data.transfers().stream()
                .anyMatch(old -> old.id().equals(transfer.id()) && old.state() == transfer.state());
        Turn changed = new Turn(data.with(transfer), actions, at);
        return known ? changed : changed.act(new CallAction.Announce(new CallNotice.TransferChanged(transfer)));
    }

    Turn trouble(String code, String message, boolean retryable) {
        return act(new CallAction.Announce(new CallNotice.Trouble(code, message, retryable)));
    }

    Turn act(CallAction... more) {
        return new Turn(data, joined(List.of(more)), at);
    }

    Turn entering(CallState state) {
        CallData changed = data.entering(state, at);
        return changed == data
                ? this
                : new Turn(changed, joined(List.of(new CallAction.Announce(changed.lastChange()))), at);
    }

    Step to(Function<CallData, Phase> next) {
        return new Step(new Call(next.apply(data)), actions);
    }

    /** Hangs all legs up. The call is over when they have ended. */
    Step end(EndCause cause) {
        return end(cause, Optional.empty());
    }

    /**
     * Hangs all legs up.
     *
     * @param why what is told to those who hear it in a BYE, CANCEL or refusal
     */
    Step end(EndCause cause, Optional<Reason> why) {
        Turn ending = this;
        for (TimerName timer : WHILE_IT_LIVES) {
            ending = ending.act(CallAction.StopTimer.of(timer));
        }
        for (LegId id : data.legs().ids().keySet()) {
            UnaryOperator<Turn> hangUp = turn -> turn.tell(id, leg -> leg.hangUp(why));
            ending = hangUp.apply(ending);
        }
        if (ending.data.legs().haveEnded()) {
            return ending.terminate(cause);
        }
        return ending.entering(CallState.HANGING_UP)
                .act(CallAction.StartTimer.of(TimerName.END, END_LIMIT))
                .to(d -> new Closed.Ending(d, cause));
    }

    Step terminate(EndCause cause) {
        Turn last = entering(CallState.TERMINATED).act(CallAction.StopTimer.of(TimerName.END));
        for (Map.Entry<LegId, Home> lodger : data.legs().lodgers().entrySet()) {
            if (!leg(lodger.getKey()).isEnded()) {
                last = last.act(new CallAction.Tell(lodger.getValue().call(), new CallEvent.LodgerEnded()));
            }
        }
        return last.act(new SipAction.Release()).to(d -> new Closed.Terminated(d, cause));
    }

    private List<CallAction> joined(List<CallAction> more) {
        return Stream.concat(actions.stream(), more.stream()).toList();
    }
}
