// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.SipStackImpl;
import java.util.Iterator;
import org.mobicents.servlet.sip.startup.StaticServiceHolder;

/** What a server keeps for calls at one moment. */
public record Remains(
        int applicationSessions, int sipSessions, int dialogs, int transactions, int timers, int queueNames) {
    public static final Remains NOTHING = new Remains(0, 0, 0, 0, 0, 0);

    public static Remains of(TestServer test) {
        SipStackImpl stack = (SipStackImpl) StaticServiceHolder.sipStandardService.getSipStack();
        return new Remains(
                test.application.sessionCount(),
                count(test.application.getSipManager().getAllSipSessions()),
                stack.getDialogs().size(),
                test.server.transactionCount(),
                test.server.timers().size(),
                test.server.queueNames());
    }

    private static int count(Iterator<?> all) {
        int count = 0;
        while (all.hasNext()) {
            all.next();
            count++;
        }
        return count;
    }
}
