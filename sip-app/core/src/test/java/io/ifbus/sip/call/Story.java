// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tells a call's story: what the phones do, and what we say to them. */
final class Story {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private final List<CallAction> done = new ArrayList<>();
    private Instant now = NOON;
    private Call call;
    final Phone a = new Phone(LegId.A);
    final Phone b = new Phone(LegId.B);

    static CallFacts facts(Direction direction) {
        return facts(new CallId(new UUID(7, 8)), direction);
    }

    static CallFacts facts(CallId id, Direction direction) {
        return new CallFacts(
                id,
                "trace",
                direction,
                Party.of("sip:alice@example.com"),
                Party.of("sip:bob@example.com"),
                Duration.ofSeconds(60),
                Map.of("X-IF-Trace-ID", "trace"),
                70,
                CallFacts.USUAL_SESSION,
                Identity.OPEN);
    }

    static Story weDial() {
        return new Story(Call.dial(facts(Direction.OUTBOUND), Dialing.BOTH, NOON));
    }

    static Story inviteArrives(Plan plan, Optional<Sdp> offer) {
        return new Story(Call.arrive(facts(Direction.INBOUND), plan, offer, Peer.UNKNOWN, NOON));
    }

    static Story bridged(Optional<Sdp> offer) {
        return inviteArrives(new Plan.Bridge(Party.of("sip:bob@192.0.2.9")), offer);
    }

    private Story(Call call) {
        this.call = call;
        on(new CallEvent.Started());
    }

    /** What one phone does. */
    final class Phone {
        private final LegId leg;

        Phone(LegId leg) {
            this.leg = leg;
        }

        void tries() {
            on(new LegEvent.Progressed(leg, 100, Optional.empty()));
        }

        void rings() {
            on(new LegEvent.Progressed(leg, 180, Optional.empty()));
        }

        void answers(Optional<Sdp> sdp) {
            on(new LegEvent.Answered(leg, sdp));
        }

        void refuses(int status, String phrase) {
            on(new LegEvent.Rejected(leg, status, phrase));
        }

        void cancels() {
            on(new LegEvent.Cancelled(leg));
        }

        void acks(Optional<Sdp> sdp) {
            on(new LegEvent.Acked(leg, sdp));
        }

        void neverAcks() {
            on(new LegEvent.AckMissing(leg));
        }

        void reinvites(Optional<Sdp> sdp) {
            on(new LegEvent.Reinvited(leg, sdp));
        }

        void hangsUp() {
            on(new LegEvent.ByeReceived(leg));
        }

        void confirmsBye() {
            on(new LegEvent.ByeAnswered(leg));
        }
    }

    void on(CallEvent event) {
        now = now.plusMillis(10);
        Step step = call.on(event, now);
        call = step.next();
        done.addAll(step.actions());
    }

    void weHangUp() {
        on(new CallEvent.HangUpRequested());
    }

    void runsOut(TimerKey timer) {
        on(new CallEvent.TimerFired(timer));
    }

    void runsOut(TimerName timer) {
        on(new CallEvent.TimerFired(timer));
    }

    /** What was said since this was asked last, in words such as {@code A INVITE} and {@code B 486}. */
    Story weSaid(String... words) {
        assertThat(done.stream()
                        .filter(SipAction.class::isInstance)
                        .map(SipAction.class::cast)
                        .filter(action -> !(action instanceof SipAction.Introduce))
                        .map(Story::word))
                .containsExactly(words);
        List<CallAction> last = List.copyOf(done);
        done.clear();
        said = last;
        return this;
    }

    private List<CallAction> said = List.of();

    /** The description in what was said last, by its word. */
    Optional<Sdp> sdpIn(String word) {
        return said.stream()
                .filter(SipAction.class::isInstance)
                .map(SipAction.class::cast)
                .filter(action -> word(action).equals(word))
                .findFirst()
                .flatMap(Story::sdp);
    }

    <T extends CallAction> T last(Class<T> type) {
        return said.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((x, y) -> y)
                .orElseThrow();
    }

    List<CallAction> actions() {
        return done;
    }

    Call call() {
        return call;
    }

    void isNow(CallState state) {
        assertThat(call.state()).isEqualTo(state);
    }

    void endedAs(EndCause.Result result, int code) {
        isNow(CallState.TERMINATED);
        assertThat(call.cause().orElseThrow().result()).isEqualTo(result);
        assertThat(call.cause().orElseThrow().code()).isEqualTo(code);
    }

    static Optional<Sdp> sdp(SipAction action) {
        if (action instanceof SipAction.Invite e) {
            return e.sdp();
        }
        if (action instanceof SipAction.Reinvite e) {
            return e.sdp();
        }
        if (action instanceof SipAction.Ack e) {
            return e.sdp();
        }
        return action instanceof SipAction.Respond e ? e.sdp() : Optional.empty();
    }

    static String word(SipAction action) {
        if (action instanceof SipAction.Release) {
            return "release";
        }
        String what = action instanceof SipAction.Respond respond
                ? Integer.toString(respond.status())
                : action instanceof SipAction.AnswerBye
                        ? "200 BYE"
                        : action instanceof SipAction.AwaitProgress
                                ? "(waits for 1xx)"
                                : action.getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
        return action.leg() + " " + what;
    }
}
