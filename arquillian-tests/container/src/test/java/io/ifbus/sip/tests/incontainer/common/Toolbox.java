// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer.common;

import io.ifbus.sip.spi.SerialExecution;
import java.util.Map;
import java.util.TreeMap;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** What the container gives to an application, and the proof that each of it works. */
public record Toolbox(SipFactory factory, TimerService timers, SipSessionsUtil sessions, SerialExecution serial) {

    public static final String WORKS = "{factory=sip:alice@127.0.0.1, serial=refuses, sessions=none, timers=refuses}";

    /** {@link #WORKS}, or what is wrong. */
    public String tried() {
        Map<String, String> results = new TreeMap<>();
        results.put("factory", factory.createSipURI("alice", "127.0.0.1").toString());
        results.put("sessions", sessions.getApplicationSessionById("nobody's") == null ? "none" : "one");
        // both need a session that lives
        results.put("timers", refusal(() -> timers.createTimer(null, 1, false, null)));
        results.put("serial", refusal(() -> serial.execute(null, () -> {})));
        return results.toString();
    }

    private static String refusal(Runnable misuse) {
        try {
            misuse.run();
            return "accepts";
        } catch (NullPointerException | IllegalArgumentException | IllegalStateException e) {
            return "refuses";
        }
    }
}
