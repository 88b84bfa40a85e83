// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;

/**
 * Which WebSocket connection leads to a client, who has no address anybody could connect to (RFC 7118 section 5): the one
 * on which its dialog's or else its Contact's messages come.
 *
 * <p>What leads to an open connection is not taken over by another: that one is asked for a sign of life, and closed when
 * there is none. Of too many, one connection's oldest are forgotten, of its own alone or of who has most. Safe for use by
 * any thread.
 */
final class WebSocketFlows {
    private static final int LONGEST_KEY = 512;

    private final int mostEach;
    private final int most;
    private final Map<String, StreamConnection> flows = new HashMap<>(); // this and the next: guarded by this
    private final Map<StreamConnection, LinkedHashSet<String>> keys = new HashMap<>(); // the oldest first

    WebSocketFlows() {
        this(2_000, 50_000);
    }

    WebSocketFlows(int mostEach, int most) {
        this.mostEach = mostEach;
        this.most = most;
    }

    /** Notes a message that came over {@code connection}. */
    void seen(SIPMessage message, StreamConnection connection) {
        String remoteTag = message instanceof SIPResponse ? message.getToTag() : message.getFromTag();
        if (remoteTag != null) {
            put(dialogKey(message, remoteTag), connection);
        }
        if (message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact
                && contact.getAddress() != null
                && contact.getAddress().getURI() instanceof SipURI uri) {
            put(contactKey(uri), connection);
        }
    }

    /** The open connection of the request's dialog, or null. */
    StreamConnection ofDialog(SIPRequest request) {
        return request.getToTag() == null ? null : get(dialogKey(request, request.getToTag()));
    }

    /** The open connection of that Contact, or null. */
    StreamConnection ofContact(SipURI uri) {
        return get(contactKey(uri));
    }

    private static String dialogKey(SIPMessage message, String remoteTag) {
        return "dialog " + message.getCallId().getCallId() + ' ' + remoteTag;
    }

    private static String contactKey(SipURI uri) {
        return "contact " + uri.getUser() + '@' + StackNames.bare(uri.getHost()) + ':' + uri.getPort();
    }

    void put(String key, StreamConnection connection) {
        if (key.length() > LONGEST_KEY) {
            return;
        }
        StreamConnection holder = take(key, connection);
        if (holder != connection) {
            holder.probe();
        }
    }

    /** Who has the key now. */
    private synchronized StreamConnection take(String key, StreamConnection connection) {
        StreamConnection holder = flows.get(key);
        if (holder != null && holder != connection) {
            if (holder.isOpen()) {
                return holder;
            }
            forget(holder);
        }
        if (!connection.isOpen()) {
            return connection; // closed in the meantime: there would be nobody to forget it
        }
        LinkedHashSet<String> own = keys.computeIfAbsent(connection, c -> new LinkedHashSet<>());
        own.remove(key); // so that it becomes the youngest
        own.add(key);
        flows.put(key, connection);
        if (own.size() > mostEach) {
            forgetOldest(own);
        } else if (flows.size() > most) {
            keys.values().stream()
                    .max(Comparator.comparingInt(LinkedHashSet::size))
                    .ifPresent(this::forgetOldest);
        }
        return connection;
    }

    private void forgetOldest(LinkedHashSet<String> of) {
        Iterator<String> oldest = of.iterator();
        flows.remove(oldest.next());
        oldest.remove();
    }

    /** Nothing leads to a closed connection. */
    synchronized void forget(StreamConnection connection) {
        LinkedHashSet<String> own = keys.remove(connection);
        if (own != null) {
            own.forEach(flows::remove);
        }
    }

    synchronized StreamConnection get(String key) {
        StreamConnection connection = flows.get(key);
        return connection == null || connection.isOpen() ? connection : null;
    }

    synchronized int size() {
        return flows.size();
    }
}
