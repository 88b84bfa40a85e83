// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.control.Calls;
import io.ifbus.sip.control.ReceiveCall;
import io.ifbus.sip.signal.Logins;
import io.ifbus.sip.signal.SignalingSlot;
import io.ifbus.sip.spi.SerialExecution;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import java.io.IOException;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipErrorListener;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.TimerService;
import javax.servlet.sip.annotation.SipListener;

/** Where the container hands over what it hears. Binds core's seam as long as it is in service. */
@SipListener
@javax.servlet.sip.annotation.SipServlet(name = "calls", loadOnStartup = 1)
public class CallServlet extends SipServlet implements TimerListener, SipErrorListener {
    private transient SignalingSlot slot;
    private transient SipSignaling signaling;
    private transient RequestEvents requests;
    private transient ResponseEvents responses;

    /** Given its parts by the container, which needs a constructor without parameters. */
    @Inject
    void wire(
            SignalingSlot slot,
            Calls calls,
            ReceiveCall receiveCall,
            SipFactory factory,
            TimerService timers,
            SerialExecution execution,
            Logins logins) {
        this.slot = slot;
        this.signaling = new SipSignaling(calls, factory, timers, execution, logins);
        this.requests = new RequestEvents(signaling, receiveCall);
        this.responses = new ResponseEvents(signaling);
    }

    @Override
    public void init() {
        slot.bind(signaling);
        SipServletLogger.LOG.bound();
    }

    @Override
    public void destroy() {
        slot.unbind(signaling);
        SipServletLogger.LOG.unbound();
    }

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        requests.heard(request);
    }

    @Override
    protected void doResponse(SipServletResponse response) throws IOException {
        responses.heard(response);
    }

    @Override
    public void timeout(ServletTimer timer) {
        if (timer.getInfo() instanceof SessionTimers.Look look) {
            signaling.look(look.leg());
        } else if (timer.getApplicationSession().isValid()) {
            signaling.farewell(timer.getApplicationSession());
        }
    }

    @Override
    public void noAckReceived(SipErrorEvent event) {
        requests.ackMissing(event.getRequest());
    }

    @Override
    public void noPrackReceived(SipErrorEvent event) {
        // none is ever asked for: reliable provisional responses are not sent
    }
}
