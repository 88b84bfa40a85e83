// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallNotice;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices when a call comes round to us a second time on its way to the same target (RFC 5393 section 4, through a
 * B2BUA that passes the Session-ID on). Safe for use by any thread.
 */
public final class Loops implements CallObserver {
    private final Map<String, CallId> underWay = new ConcurrentHashMap<>();
    private final Map<CallId, String> keys = new ConcurrentHashMap<>();

    /**
     * Remembers a call that is being set up.
     *
     * @param key the same for each pass of a call that goes round
     * @return false if it is under way already
     */
    boolean enter(String key, CallId call) {
        if (underWay.putIfAbsent(key, call) != null) {
            return false;
        }
        keys.put(call, key);
        return true;
    }

    @Override
    public void heard(CallSnapshot call, CallNotice notice) {
        if (call.connectedAt().isPresent()) {
            leave(call.id());
        }
    }

    @Override
    public void ended(CallSnapshot call) {
        leave(call.id());
    }

    private void leave(CallId call) {
        String key = keys.remove(call);
        if (key != null) {
            underWay.remove(key, call);
        }
    }
}
