// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/** A call that reaches us, until it is answered. Drawn at {@link Call}. */
sealed interface Arriving extends Phase {
    /** In the register; nothing answered. */
    record Arrived(CallData data, Plan plan, Optional<Sdp> offer) implements Arriving {
        @Override
        public Step start(Turn turn) {
            if (plan instanceof Plan.Bridge bridge) {
                return ring(turn, bridge.target());
            }
            return plan instanceof Plan.Refuse refuse ? refuse(turn, refuse) : echo(turn);
        }

        private Step ring(Turn turn, Party target) {
            CallFacts facts = data.facts();
            SipAction.Invite invite =
                    new SipAction.Invite(LegId.B, facts.from(), target, offer, facts.headers(), facts.maxForwards());
            return turn.act(CallAction.StartTimer.of(TimerName.RING, facts.ringTimeout()))
                    .tell(LegId.B, b -> b.invite(invite, turn.at()))
                    .to(d -> new Offering(d, offer.isPresent()));
        }

        private Step echo(Turn turn) {
            Optional<Sdp> answer = offer.flatMap(Sdp::echoAnswer);
            if (answer.isEmpty()) { // also an INVITE without an offer: we have no media address of our own
                return refuse(turn, new Plan.Refuse(488, "Not Acceptable Here"));
            }
            return turn.tell(LegId.A, a -> a.ring(180, Optional.empty()))
                    .tell(LegId.A, a -> a.accept(answer, turn.at()))
                    .entering(CallState.CONNECTED)
                    .to(Talking.Echoing::new);
        }

        private static Step refuse(Turn turn, Plan.Refuse refuse) {
            return turn.end(
                    EndCause.failed(refuse.status(), refuse.phrase()),
                    Optional.of(new Reason(refuse.status(), refuse.phrase())));
        }

        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            return heardOtherwise(turn, leg, news);
        }

        @Override
        public Phase with(CallData changed) {
            return new Arrived(changed, plan, offer);
        }
    }

    /**
     * B is being rung with A's INVITE.
     *
     * @param offered A's INVITE carried the offer
     */
    record Offering(CallData data, boolean offered) implements Arriving {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Rang e) {
                return turn.tell(LegId.A, a -> a.ring(e.status(), e.sdp())).to(this::with);
            }
            if (news instanceof LegNews.Accepted e) {
                return answered(turn, e.sdp());
            }
            if (news instanceof LegNews.Failed e) {
                return turn.end(
                        EndCause.refused(LegId.B, e.status(), e.phrase(), e.reached()),
                        Optional.of(forCaller(e.status(), e.phrase())));
            }
            return heardOtherwise(turn, leg, news);
        }

        private Step answered(Turn turn, Optional<Sdp> sdp) {
            Turn stopped = turn.act(new CallAction.StopTimer(TimerName.RING));
            if (sdp.isEmpty()) {
                return stopped.end(
                        EndCause.failed(502, "Callee answered without a session description"),
                        Optional.of(new Reason(502, "Bad Gateway")));
            }
            if (offered) {
                return stopped.tell(LegId.B, b -> b.ack(Optional.empty()))
                        .tell(LegId.A, a -> a.accept(sdp, turn.at()))
                        .entering(CallState.CONNECTED)
                        .to(Talking.Connected::new);
            }
            return stopped.tell(LegId.A, a -> a.accept(sdp, turn.at()))
                    .entering(CallState.CONNECTED)
                    .to(d -> new Talking.Connected(d, Optional.of(new Talking.Relay(LegId.A, false))));
        }

        /** What the caller is told when the callee said {@code status}. */
        private static Reason forCaller(int status, String phrase) {
            if (status < 400) {
                return new Reason(480, "Temporarily Unavailable"); // moved; we do not follow
            }
            return switch (status) {
                case 401, 407 -> new Reason(403, "Forbidden"); // credentials would be ours, not the caller's
                case 503 -> new Reason(500, "Server Internal Error"); // RFC 3261 section 16.7 step 6
                default -> new Reason(status, phrase);
            };
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return Dialed.ringTimeout(this, turn, timer);
        }

        @Override
        public Phase with(CallData changed) {
            return new Offering(changed, offered);
        }
    }
}
