// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer.exchange;

import io.ifbus.sip.spi.SerialExecution;
import io.ifbus.sip.tests.incontainer.common.Toolbox;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** A CDI bean of the SIP WAR. */
@ApplicationScoped
public class Desk {

    @Inject
    private SipFactory factory;

    @Inject
    private TimerService timers;

    @Inject
    private SipSessionsUtil sessions;

    @Inject
    private SerialExecution serial;

    @Resource
    private SipFactory factoryResource;

    @Resource
    private TimerService timersResource;

    @Resource
    private SipSessionsUtil sessionsResource;

    @Resource
    private SerialExecution serialResource;

    public Toolbox injected() {
        return new Toolbox(factory, timers, sessions, serial);
    }

    public Toolbox resources() {
        return new Toolbox(factoryResource, timersResource, sessionsResource, serialResource);
    }
}
