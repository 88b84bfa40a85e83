// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallEvent;
import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.LegEvent;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.control.Calls;
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
    private final MessageSender sender;
    private final SessionTimers timers;

    SipSignaling(Calls calls, SipFactory factory, TimerService timers, SerialExecution execution) {
        this.calls = calls;
        this.factory = factory;
        this.execution = execution;
        this.sender = new MessageSender(factory);
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
        } else if (action instanceof SipAction.AwaitProgress) {
            leg.lookout = timers.look(call.session, LegRef.of(call.id, action.leg()));
        } else if (action instanceof SipAction.Cancel cancel) {
            stopLooking(leg);
            sender.cancel(leg, cancel.reason());
        } else if (action instanceof SipAction.Ack ack) {
            sender.ack(leg, ack.sdp());
        } else if (action instanceof SipAction.Reinvite reinvite) {
            sender.reinvite(leg, reinvite.sdp());
        } else if (action instanceof SipAction.Bye bye) {
            sender.bye(leg, bye.reason());
        } else if (action instanceof SipAction.AnswerBye) {
            sender.answerBye(leg);
        } else if (action instanceof SipAction.Respond respond) {
            sender.respond(leg, respond);
        } else if (action instanceof SipAction.RelayInfo relay) {
            sender.relayInfo(leg, call.takeInfo(relay.reference()));
        } else if (action instanceof SipAction.RefuseInfo refuse) {
            call.takeInfo(refuse.reference()).createResponse(refuse.status()).send();
        } else {
            timers.farewell(call.session);
        }
    }
}
