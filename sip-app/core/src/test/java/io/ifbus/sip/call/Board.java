// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.sdp.Sdp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A register of several calls that brings at once what one tells another; the calls have the numbers 1, 2, 3. */
final class Board {
    private record Mail(CallId to, CallEvent event) {}

    private final Map<CallId, Call> calls = new LinkedHashMap<>();
    private final Deque<Mail> mail = new ArrayDeque<>();
    private final List<String> said = new ArrayList<>();
    private final List<SipAction> actions = new ArrayList<>();

    static CallId id(int number) {
        return new CallId(new UUID(number, number));
    }

    static Home home(int number, LegId leg) {
        return new Home(id(number), leg);
    }

    /** Call {@code number} whose two parties talk. */
    Board connected(int number) {
        arrives(number, new Plan.Bridge(Party.of("sip:bob" + number + "@192.0.2.9")), Sdps.audio("a" + number, 1));
        on(number, new LegEvent.Answered(LegId.B, Sdps.audio("b" + number, 1)));
        on(number, new LegEvent.Acked(LegId.A, Optional.empty()));
        said.clear();
        return this;
    }

    void arrives(int number, Plan plan, Optional<Sdp> offer) {
        CallFacts facts = Story.facts(id(number), Direction.INBOUND);
        calls.put(id(number), Call.arrive(facts, plan, offer, Peer.UNKNOWN, Story.NOON));
        on(number, new CallEvent.Started());
    }

    void on(int number, CallEvent event) {
        mail.add(new Mail(id(number), event));
        while (!mail.isEmpty()) {
            deliver(mail.remove());
        }
    }

    private void deliver(Mail next) {
        Step step = calls.get(next.to()).on(next.event(), Story.NOON);
        calls.put(next.to(), step.next());
        for (CallAction action : step.actions()) {
            if (action instanceof CallAction.Tell tell && calls.containsKey(tell.call())) {
                mail.add(new Mail(tell.call(), tell.event()));
            } else if (action instanceof CallAction.Tell tell) {
                tell.event().undelivered(tell.call()).ifPresent(back -> mail.add(new Mail(next.to(), back)));
            } else if (action instanceof CallAction.Elsewhere e) {
                say(e.home(), e.action());
            } else if (action instanceof SipAction sip) {
                say(next.to(), sip);
            }
        }
    }

    private void say(CallId call, SipAction action) {
        if (!(action instanceof SipAction.Introduce)) {
            said.add(call.uuid().getMostSignificantBits() + Story.word(action).replace("release", " release"));
            actions.add(action);
        }
    }

    /** Since this was asked last, in words such as {@code 1A INVITE} and {@code 2 release}. */
    Board weSaid(String... words) {
        assertThat(said).containsExactly(words);
        said.clear();
        return this;
    }

    Board forget() {
        said.clear();
        return this;
    }

    void answers(int number, LegId leg, int version) {
        on(number, new LegEvent.Answered(leg, Sdps.audio("x" + number + leg, version)));
    }

    void confirmsBye(int number, LegId leg) {
        on(number, new LegEvent.ByeAnswered(leg));
    }

    void isNow(int number, CallState state) {
        assertThat(call(number).state()).isEqualTo(state);
    }

    Call call(int number) {
        return calls.get(id(number));
    }

    void transferIs(int number, Transfer.State state, int code) {
        Transfer last = call(number).transfers().get(call(number).transfers().size() - 1);
        assertThat(last.state()).isEqualTo(state);
        assertThat(last.code()).isEqualTo(code);
    }

    /** The callee of call 1 is to be joined with the callee of call 2: the callers leave. */
    void joins() {
        on(
                1,
                new CallEvent.TransferRequested(Transfer.requested(
                        Story.TRANSFER,
                        Transfer.Kind.JOIN,
                        Side.CALLER,
                        id(2).toString(),
                        Transfer.Method.AUTO,
                        Story.NOON)));
    }
}
