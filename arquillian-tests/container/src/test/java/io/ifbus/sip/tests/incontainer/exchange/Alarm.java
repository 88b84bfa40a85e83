// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer.exchange;

import io.ifbus.sip.tests.incontainer.common.Noticeboard;
import jakarta.inject.Inject;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.TimerListener;
import javax.servlet.sip.annotation.SipListener;

/** Writes down which timers fired. */
@SipListener
public class Alarm implements TimerListener {

    @Inject
    private Noticeboard board;

    @Override
    public void timeout(ServletTimer timer) {
        board.post("timer " + timer.getInfo(), timer.getApplicationSession().getId());
    }
}
