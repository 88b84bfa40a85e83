// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Home;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.control.Calls;
import io.ifbus.sip.signal.Logins;
import io.ifbus.sip.signal.Signaling;
import io.ifbus.sip.spi.SerialExecution;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.TimerService;

/** Core's SIP stack: the SIP Servlet container. One SIP application session per call. Safe for use by any thread. */
final class SipSignaling implements Signaling {
    private final Map<CallId, CallWire> wires = new ConcurrentHashMap<>();
    private final Calls calls;
    private final SipFactory factory;
    private final SerialExecution execution;
    private final Challenges challenges;
    private final MessageSender sender;
    private final SideSender side = new SideSender();
    private final SessionTimers timers;
    private final Waiting waiting = new Waiting();
    private final Dialogs dialogs = new Dialogs();

    SipSignaling(Calls calls, SipFactory factory, TimerService timers, SerialExecution execution, Logins logins) {
        this.calls = calls;
        this.factory = factory;
        this.execution = execution;
        this.challenges = new Challenges(factory, logins);
        this.sender = new MessageSender(factory, challenges, dialogs);
        this.timers = new SessionTimers(timers);
    }

    @Override
    public void perform(CallId id, SipAction action) {
        CallWire call = wires.get(id);
        if (call == null && action instanceof SipAction.Invite) {
            call = open(id, factory.createApplicationSession());
        }
        if (call == null) {
            throw new IllegalStateException("the call has left the wire");
        }
        CallWire wire = call;
        if (action instanceof SipAction.Release) {
            wires.remove(id); // whatever comes of its queue
        }
        wire.inOrder(() -> send(wire, action));
    }

    /** Begins a call in {@code session}, which lives until the call says otherwise. */
    CallWire open(CallId id, SipApplicationSession session) {
        session.setExpires(0);
        CallWire call = new CallWire(id, session, execution);
        wires.put(id, call);
        return call;
    }

    Optional<CallWire> find(LegRef ref) {
        return Optional.ofNullable(ref).map(LegRef::call).map(wires::get);
    }

    MessageSender sender() {
        return sender;
    }

    SideSender side() {
        return side;
    }

    Challenges challenges() {
        return challenges;
    }

    Waiting waiting() {
        return waiting;
    }

    Dialogs dialogs() {
        return dialogs;
    }

    void tell(CallWire call, CallEvent event) {
        calls.apply(call.id, event);
    }

    /** Sees whether a 1xx has come that the container did not pass on. */
    void look(LegRef ref) {
        find(ref)
                .ifPresent(call -> call.enter(() -> {
                    LegWire leg = call.leg(ref.leg());
                    if (!leg.session.isValid() || leg.answered) {
                        stopLooking(leg);
                    } else if (leg.session.getState() == SipSession.State.EARLY) {
                        stopLooking(leg);
                        tell(call, new LegEvent.Progressed(ref.leg(), SipServletResponse.SC_TRYING, Optional.empty()));
                    }
                }));
    }

    private static void stopLooking(LegWire leg) {
        if (leg.lookout != null) {
            leg.lookout.cancel();
            leg.lookout = null;
        }
    }

    /** The call's transactions have finished: its dialogs are forgotten with it. */
    void farewell(SipApplicationSession session) {
        session.getSessions("SIP").forEachRemaining(each -> dialogs.remove((SipSession) each));
        session.invalidate();
    }

    private void send(CallWire call, SipAction action) {
        try {
            dispatch(call, action);
        } catch (IOException | ServletException | RuntimeException e) {
            SipServletLogger.LOG.notSent(call.id, action.getClass().getSimpleName(), e);
            tell(call, new LegEvent.SendFailed(action.leg(), action, String.valueOf(e.getMessage())));
        }
    }

    private void dispatch(CallWire call, SipAction action) throws IOException, ServletException {
        LegWire leg = call.leg(action.leg());
        if (action instanceof SipAction.Invite invite) {
            sender.invite(call, invite);
        } else if (action instanceof SipAction.InviteAgain again) {
            sender.inviteAgain(call, leg, again.session());
        } else if (action instanceof SipAction.AwaitProgress) {
            leg.lookout = timers.look(call.session, LegRef.of(call.id, action.leg()));
        } else if (action instanceof SipAction.Cancel cancel) {
            stopLooking(leg);
            sender.cancel(call, leg, cancel.reason());
        } else if (action instanceof SipAction.Ack ack) {
            sender.ack(call, leg, ack.sdp());
        } else if (action instanceof SipAction.Reinvite reinvite) {
            sender.reinvite(call, leg, reinvite);
        } else if (action instanceof SipAction.Update update) {
            sender.update(call, leg, update.session());
        } else if (action instanceof SipAction.Bye bye) {
            sender.bye(call, leg, bye.reason());
        } else if (action instanceof SipAction.AnswerBye) {
            sender.answerBye(call, leg);
        } else if (action instanceof SipAction.Respond respond) {
            sender.respond(call, leg, respond);
        } else if (action instanceof SipAction.AnswerUpdate answer) {
            sender.answerUpdate(call, leg, answer);
        } else if (action instanceof SipAction.Introduce introduce) {
            introduce(leg, introduce.peer());
        } else if (action instanceof SipAction.Release) {
            side.giveUpRelayed(call);
            timers.farewell(call.session);
        } else {
            beside(call, leg, action);
        }
    }

    private void beside(CallWire call, LegWire leg, SipAction action) throws IOException {
        if (action instanceof SipAction.RelayInfo relay) {
            side.relayInfo(call, leg, waiting.take(relay.reference()));
        } else if (action instanceof SipAction.RefuseInfo refuse) {
            waiting.take(refuse.reference()).createResponse(refuse.status()).send();
        } else if (action instanceof SipAction.SendDigit digit) {
            side.digit(call, leg, digit);
        } else if (action instanceof SipAction.Refer refer) {
            side.refer(call, leg, refer, refer.replaces().flatMap(this::leg));
        } else if (action instanceof SipAction.AnswerRefer answer) {
            side.answerRefer(call, leg, waiting.take(answer.reference()), answer);
        } else if (action instanceof SipAction.Notify notify) {
            side.notify(call, leg, notify);
        } else {
            throw new IllegalStateException(
                    "nothing is known of " + action.getClass().getSimpleName());
        }
    }

    private Optional<LegWire> leg(Home home) {
        return Optional.ofNullable(wires.get(home.call()))
                .map(call -> call.leg(home.leg()))
                .filter(leg -> leg.session != null && leg.session.isValid());
    }

    private void introduce(LegWire leg, Home peer) {
        CallWire other = wires.get(peer.call());
        if (other != null) {
            leg.peer = other.leg(peer.leg());
        }
    }
}
