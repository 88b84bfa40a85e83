// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Tells a call's story: what the phones do, and what we say to them. */
final class Story {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private final List<CallAction> done = new ArrayList<>();
    private Instant now = NOON;
    private Call call;
    final Phone a = new Phone(LegId.A);
    final Phone b = new Phone(LegId.B);
    final Phone c = new Phone(new LegId(2));
    private final Set<LegId> gone = new HashSet<>();

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

    /** Both talk: A called, B answered. */
    static Story connected() {
        return connected(Peer.UNKNOWN, Peer.UNKNOWN);
    }

    /**
     * @param ofA what A's phone says of itself
     * @param ofB what B's phone says of itself
     */
    static Story connected(Peer ofA, Peer ofB) {
        Plan plan = new Plan.Bridge(Party.of("sip:bob@192.0.2.9"));
        Story story = new Story(Call.arrive(facts(Direction.INBOUND), plan, Sdps.audio("a", 1), ofA, NOON));
        story.on(new LegEvent.Answered(LegId.B, Sdps.audio("b", 1), ofB));
        story.a.acks(Optional.empty());
        story.forgets();
        return story;
    }

    static Story of(Call call) {
        return new Story(call);
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
            gone.add(leg);
            on(new LegEvent.ByeReceived(leg));
        }

        void refers(long reference, boolean silent) {
            on(new CallEvent.ReferReceived(leg, reference, "sip:carol@192.0.2.3", false, Optional.empty(), silent));
        }

        void answersRefer(int status) {
            on(new CallEvent.ReferAnswered(leg, status, ""));
        }

        void notifies(int status, boolean over) {
            on(new CallEvent.Notified(leg, status, "", over));
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

    void forgets() {
        done.clear();
    }

    /** All phones agree to everything since {@link #forgets}: re-INVITEs, BYEs, CANCELs, and our 2xx. */
    void allAgree() {
        for (int i = 0; i < done.size(); i++) {
            if (done.get(i) instanceof SipAction action) {
                agreement(action).ifPresent(this::on);
            }
        }
    }

    private Optional<CallEvent> agreement(SipAction action) {
        LegId leg = action.leg();
        if (action instanceof SipAction.Bye) {
            gone.add(leg);
            return Optional.of(new LegEvent.ByeAnswered(leg));
        }
        if (action instanceof SipAction.AwaitProgress) {
            return Optional.of(new LegEvent.Progressed(leg, 100, Optional.empty()));
        }
        if (action instanceof SipAction.Cancel) {
            return Optional.of(new LegEvent.Rejected(leg, 487, "Request Terminated"));
        }
        if (gone.contains(leg)) {
            return Optional.empty();
        }
        if (action instanceof SipAction.Reinvite) {
            return Optional.of(new LegEvent.Answered(leg, Sdps.audio(leg.toString(), done.size())));
        }
        return action instanceof SipAction.Respond e && e.status() == 200
                ? Optional.of(new LegEvent.Acked(leg, Optional.empty()))
                : Optional.empty();
    }

    static final TransferId TRANSFER = new TransferId(new UUID(3, 4));

    /** A client wants one side handed over to Carol. */
    void weTransfer(Transfer.Kind kind, Side transferor, Transfer.Method method) {
        on(new CallEvent.TransferRequested(
                Transfer.requested(TRANSFER, kind, transferor, "sip:carol@192.0.2.3", method, NOON)));
    }

    void transferIs(Transfer.State state, int code) {
        Transfer last = call.transfers().get(call.transfers().size() - 1);
        assertThat(last.state()).isEqualTo(state);
        assertThat(last.code()).isEqualTo(code);
    }

    /** A client was told that something could not be done. */
    boolean hasTrouble(String code) {
        return Stream.concat(said.stream(), done.stream())
                .anyMatch(action -> action instanceof CallAction.Announce e
                        && e.notice() instanceof CallNotice.Trouble t
                        && t.code().equals(code));
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
        if (action instanceof SipAction.AnswerUpdate e) {
            return e.sdp();
        }
        return action instanceof SipAction.Respond e ? e.sdp() : Optional.empty();
    }

    static String word(SipAction action) {
        if (action instanceof SipAction.Release) {
            return "release";
        }
        if (action instanceof SipAction.Notify e) {
            return e.leg() + " NOTIFY " + e.status();
        }
        if (action instanceof SipAction.AnswerRefer e) {
            return e.leg() + " " + e.status() + " REFER";
        }
        if (action instanceof SipAction.AnswerUpdate e) {
            return e.leg() + " " + e.status() + " UPDATE";
        }
        if (action instanceof SipAction.SendDigit e) {
            return e.leg() + " DIGIT " + e.digit();
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
