// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.ListeningPointImpl;
import gov.nist.javax.sip.SipStackImpl;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.SipProvider;
import javax.sip.TransportAlreadySupportedException;

/**
 * Providers without a listening point. The stack ends all dialogs and transactions of all connectors when its last provider
 * is deleted, so none ever is: it waits here for the next connector of its address, with which its dialogs go on. Guarded
 * by its owner.
 */
final class ParkedProviders {
    private static final int MOST = 16;

    private final Map<String, SipProvider> waiting = new LinkedHashMap<>();

    SipProvider providerFor(SipStackImpl stack, ListeningPoint point)
            throws ObjectInUseException, TransportAlreadySupportedException {
        SipProvider provider = waiting.remove(key(point));
        if (provider == null && waiting.size() >= MOST) {
            provider = waiting.remove(waiting.keySet().iterator().next());
        }
        if (provider == null) {
            return stack.createSipProvider(point);
        }
        provider.addListeningPoint(point);
        return provider;
    }

    void park(SipProvider provider, ListeningPointImpl point) {
        waiting.put(key(point), provider);
    }

    private static String key(ListeningPoint point) {
        return point.getTransport().toLowerCase(java.util.Locale.ROOT) + " " + point.getIPAddress() + " "
                + point.getPort();
    }
}
