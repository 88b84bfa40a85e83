// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer.common;

import io.ifbus.sip.spi.SerialExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** A CDI bean outside of the WARs. */
@ApplicationScoped
public class Bean {

    @Inject
    private SipFactory factory;

    @Inject
    private TimerService timers;

    @Inject
    private SipSessionsUtil sessions;

    @Inject
    private SerialExecution serial;

    public Toolbox injected() {
        return new Toolbox(factory, timers, sessions, serial);
    }
}
