// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.SipApplication;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The applications in service. Safe for use by any thread. */
public final class Applications {
    private final Set<SipApplication> inService = ConcurrentHashMap.newKeySet();

    void add(SipApplication application) {
        inService.add(application);
    }

    void remove(SipApplication application) {
        inService.remove(application);
    }

    /** SIP application sessions that live now, of all of them. */
    public int sessionCount() {
        return inService.stream().mapToInt(SipApplication::sessionCount).sum();
    }
}
