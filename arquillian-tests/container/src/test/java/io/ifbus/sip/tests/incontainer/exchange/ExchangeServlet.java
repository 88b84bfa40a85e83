// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer.exchange;

import io.ifbus.sip.signal.SignalingSlot;
import io.ifbus.sip.spi.SerialExecution;
import io.ifbus.sip.tests.incontainer.common.Noticeboard;
import io.ifbus.sip.tests.incontainer.common.Toolbox;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.IOException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** Writes down what it was given, binds the seam, and answers calls. */
@javax.servlet.sip.annotation.SipServlet(name = "Exchange", loadOnStartup = 1)
public class ExchangeServlet extends SipServlet {

    @Inject
    private transient SipFactory factory;

    @Inject
    private transient TimerService timers;

    @Inject
    private transient SipSessionsUtil sessions;

    @Inject
    private transient SerialExecution serial;

    @Resource
    private transient SipFactory factoryResource;

    @Resource
    private transient TimerService timersResource;

    @Resource
    private transient SipSessionsUtil sessionsResource;

    @Resource
    private transient SerialExecution serialResource;

    @Inject
    private transient Desk desk;

    @Inject
    private transient Noticeboard board;

    @Inject
    private transient SignalingSlot slot;

    @Override
    public void init() {
        board.post("servlet, injected", new Toolbox(factory, timers, sessions, serial).tried());
        board.post(
                "servlet, resources",
                new Toolbox(factoryResource, timersResource, sessionsResource, serialResource).tried());
        board.post("bean, injected", desk.injected().tried());
        board.post("bean, resources", desk.resources().tried());
        slot.bind((call, action) -> board.post("seam", action));
        board.post("slot", System.identityHashCode(slot));
    }

    @Override
    protected void doInvite(SipServletRequest invite) throws IOException {
        invite.createResponse(486).send();
        invite.getApplicationSession().setInvalidateWhenReady(true);
    }
}
