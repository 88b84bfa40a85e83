// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A call that reached us, until it is answered. Drawn at {@link Call}. */
sealed interface Arriving extends Phase {
    Optional<Sdp> offer();

    /** In the register; nothing answered. */
    record Arrived(CallData data, Plan plan, Optional<Sdp> offer) implements Arriving {
        @Override
        public Step start(Turn turn) {
            if (plan instanceof Plan.Bridge bridge) {
                return ring(turn, bridge.target());
            }
            if (plan instanceof Plan.Offer waiting) {
                return turn.act(
                                CallAction.StartTimer.of(TimerName.OFFER, waiting.limit()),
                                new CallAction.Announce(new CallNotice.Offered(waiting.limit())))
                        .to(d -> new Offered(d, waiting, offer));
            }
            if (plan instanceof Plan.Replace replace) {
                return Away.offering(turn, replace);
            }
            return plan instanceof Plan.Refuse refuse ? refuse(turn, refuse) : echo(turn);
        }

        private static Step refuse(Turn turn, Plan.Refuse refuse) {
            EndCause cause = EndCause.failed(refuse.status(), refuse.phrase());
            return turn.leg(LegId.A) instanceof IncomingLeg.Invited invited
                    ? turn.after(LegId.A, invited.refuse(refuse.status(), refuse.phrase(), refuse.headers()))
                            .end(cause)
                    : turn.end(cause);
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

    /** A client may say what becomes of it. */
    record Offered(CallData data, Plan.Offer waiting, Optional<Sdp> offer) implements Arriving {
        @Override
        public Step wish(Turn turn, CallEvent event) {
            if (!(event instanceof CallEvent.Decided e)) {
                return Arriving.super.wish(turn, event);
            }
            Turn decided = turn.act(CallAction.StopTimer.of(TimerName.OFFER));
            if (e.decision() instanceof Decision.Ring) {
                return turn.tell(LegId.A, a -> a.ring(180, Optional.empty())).to(this::with);
            }
            if (e.decision() instanceof Decision.Bridge bridge) {
                return ring(decided, bridge.target());
            }
            if (e.decision() instanceof Decision.Answer) {
                Turn up = decided.tell(LegId.A, a -> a.accept(Scene.parked(offer), turn.at()));
                return Scene.begin(up, new Mode.Alone(LegId.A, Mode.Alone.Sound.SILENCE))
                        .done();
            }
            if (e.decision() instanceof Decision.Reject reject) {
                return end(decided, reject.status(), reject.phrase(), Map.of());
            }
            if (e.decision() instanceof Decision.Redirect redirect) {
                return end(
                        decided,
                        302,
                        "Moved Temporarily",
                        Map.of("Contact", "<" + redirect.target().uri() + ">"));
            }
            return echo(decided);
        }

        @Override
        public Set<Operation> allowed() {
            return EnumSet.of(
                    Operation.HANG_UP, Operation.ANSWER, Operation.RING, Operation.REJECT, Operation.REDIRECT);
        }

        private static Step end(Turn turn, int status, String phrase, Map<String, String> headers) {
            EndCause cause = EndCause.refused(EndCause.By.API, status, phrase.isEmpty() ? "Rejected" : phrase, true);
            return turn.leg(LegId.A) instanceof IncomingLeg.Invited invited
                    ? turn.after(LegId.A, invited.refuse(status, phrase, headers))
                            .end(cause)
                    : turn.end(cause);
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return timer == TimerName.OFFER
                    ? turn.end(
                            EndCause.refused(EndCause.By.SYSTEM, waiting.status(), "Nobody took the call", true),
                            Optional.of(new Reason(waiting.status(), "")))
                    : turn.to(this::with);
        }

        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            return heardOtherwise(turn, leg, news);
        }

        @Override
        public Phase with(CallData changed) {
            return new Offered(changed, waiting, offer);
        }
    }

    /**
     * The callee is being rung with A's INVITE.
     *
     * @param early the callee's early media have been passed on: those of another fork are not
     */
    record Ringing(CallData data, Optional<Sdp> offer, Redirects redirects, boolean early) implements Arriving {
        @Override
        public Step heard(Turn turn, LegId leg, LegNews news) {
            if (news instanceof LegNews.Rang e) {
                Optional<Sdp> sdp = offer.isPresent() && !early ? e.sdp() : Optional.empty();
                return turn.tell(LegId.A, a -> a.ring(e.status(), sdp))
                        .to(d -> new Ringing(d, offer, redirects, early || sdp.isPresent()));
            }
            if (news instanceof LegNews.Accepted e) {
                return answered(turn, leg, e.sdp());
            }
            if (news instanceof LegNews.Failed e) {
                return redirects
                        .after(e)
                        .filter(next -> !early) // another's answer would contradict what the caller hears
                        .map(next -> next.ring(turn, leg, data.facts().from(), this::ringAgain)
                                .to(d -> new Ringing(d, offer, next, early)))
                        .orElseGet(() -> failed(turn, e));
            }
            return heardOtherwise(turn, leg, news);
        }

        private Turn ringAgain(Turn turn, LegId leg, Party from, Party to) {
            return turn.ring(leg, from, to, offer, data.facts().headers());
        }

        private Step answered(Turn turn, LegId leg, Optional<Sdp> sdp) {
            Turn stopped = turn.act(CallAction.StopTimer.of(TimerName.RING));
            if (sdp.isEmpty()) {
                return stopped.end(
                        EndCause.failed(502, "Callee answered without a session description"),
                        Optional.of(new Reason(502, "Bad Gateway")));
            }
            Turn accepted = offer.isPresent()
                    ? stopped.tell(leg, b -> b.ack(Optional.empty())).tell(LegId.A, a -> a.accept(sdp, turn.at()))
                    : stopped.tell(LegId.A, a -> a.accept(sdp, turn.at()));
            // without an offer A's ACK brings the answer that B waits for
            Optional<Mode.Relay> relay =
                    offer.isPresent() ? Optional.empty() : Optional.of(new Mode.Relay(LegId.A, false));
            return Scene.begin(accepted, new Mode.Flowing(turn.pair(), relay, false))
                    .done();
        }

        private static Step failed(Turn turn, LegNews.Failed news) {
            EndCause cause = EndCause.refused(EndCause.By.CALLEE, news.status(), news.phrase(), news.reached());
            Map<String, String> headers = new HashMap<>();
            news.hints().reason().ifPresent(reason -> headers.put("Reason", reason));
            Reason reason = forCaller(news);
            if (news.barred()) {
                news.hints().retryAfter().ifPresent(t -> headers.put("Retry-After", Long.toString(t.toSeconds())));
            }
            return turn.leg(LegId.A) instanceof IncomingLeg.Invited invited
                    ? turn.after(LegId.A, invited.refuse(reason.status(), reason.text(), headers))
                            .end(cause)
                    : turn.end(cause);
        }

        /** What the caller is told when the callee said no. */
        private static Reason forCaller(LegNews.Failed news) {
            return news.barred() // our own guard says so
                    ? new Reason(503, "Service Unavailable")
                    : Reason.onward(news.status(), news.phrase());
        }

        @Override
        public Step timer(Turn turn, TimerName timer) {
            return Dialed.ringTimeout(this, turn, timer);
        }

        @Override
        public Phase with(CallData changed) {
            return new Ringing(changed, offer, redirects, early);
        }
    }

    /** Rings the callee with A's offer. */
    default Step ring(Turn turn, Party target) {
        CallFacts facts = turn.data().facts();
        return turn.act(CallAction.StartTimer.of(TimerName.RING, facts.ringTimeout()))
                .introducing(Pair.FIRST)
                .ring(LegId.B, facts.from(), target, offer(), facts.headers())
                .to(d -> new Ringing(d, offer(), Redirects.NONE, false));
    }

    /** Answers; the caller hears itself. */
    default Step echo(Turn turn) {
        Optional<Sdp> answer = offer().flatMap(Sdp::echoAnswer);
        if (answer.isEmpty()) { // also an INVITE without an offer: we have no media address of our own
            return turn.end(
                    EndCause.failed(488, "Not Acceptable Here"), Optional.of(new Reason(488, "Not Acceptable Here")));
        }
        Turn answered =
                turn.tell(LegId.A, a -> a.ring(180, Optional.empty())).tell(LegId.A, a -> a.accept(answer, turn.at()));
        return Scene.begin(answered, new Mode.Alone(LegId.A, Mode.Alone.Sound.ECHO))
                .done();
    }
}
