// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.station;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** A session bean in each WAR. */
@Stateless
public class Porter {
    @Resource
    private SipFactory factory;

    @Resource
    private TimerService timers;

    @Resource
    private SipSessionsUtil sessions;

    public Parts parts() {
        return new Parts(factory, timers, sessions);
    }
}
