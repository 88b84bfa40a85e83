// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.guarded;

import java.io.IOException;
import javax.servlet.sip.SipServletRequest;

/** Answers OPTIONS, which anybody may send, in a role of its own: run-as in sip.xml. */
public class Recorder extends Gate {
    @Override
    protected void doOptions(SipServletRequest request) throws IOException {
        answer(request);
    }
}
