// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;

/**
 * Which WebSocket connection leads to a client, who has no address anybody could connect to (RFC 7118 section 5): the one
 * on which its dialog's or else its Contact's last message came. Forgets the oldest of too many. Safe for use by any
 * thread.
 */
final class WebSocketFlows {
    private static final int MOST = 20_000;

    private final Map<String, StreamConnection> byDialog = new Recent();
    private final Map<String, StreamConnection> byContact = new Recent();

    /** Guarded by itself. */
    private static final class Recent extends LinkedHashMap<String, StreamConnection> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StreamConnection> eldest) {
            return size() > MOST;
        }
    }

    /** Notes a message that came over {@code connection}. */
    void seen(SIPMessage message, StreamConnection connection) {
        String remoteTag = message instanceof SIPResponse ? message.getToTag() : message.getFromTag();
        if (remoteTag != null) {
            put(byDialog, message.getCallId().getCallId() + ' ' + remoteTag, connection);
        }
        if (message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact
                && contact.getAddress() != null
                && contact.getAddress().getURI() instanceof SipURI uri) {
            put(byContact, key(uri), connection);
        }
    }

    /** The open connection of the request's dialog, or null. */
    StreamConnection ofDialog(SIPRequest request) {
        return request.getToTag() == null
                ? null
                : get(byDialog, request.getCallId().getCallId() + ' ' + request.getToTag());
    }

    /** The open connection on which that Contact came last, or null. */
    StreamConnection ofContact(SipURI uri) {
        return get(byContact, key(uri));
    }

    private static String key(SipURI uri) {
        return uri.getUser() + '@' + StackNames.bare(uri.getHost()) + ':' + uri.getPort();
    }

    private static void put(Map<String, StreamConnection> map, String key, StreamConnection connection) {
        synchronized (map) {
            map.put(key, connection);
        }
    }

    private static StreamConnection get(Map<String, StreamConnection> map, String key) {
        synchronized (map) {
            StreamConnection connection = map.get(key);
            if (connection != null && !connection.isOpen()) {
                map.remove(key);
                return null;
            }
            return connection;
        }
    }
}
