// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import jakarta.servlet.ServletException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipSession;
import javax.sip.Dialog;
import javax.sip.Transaction;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;

/**
 * The sessions that were derived from one session, by their tags (JSR 289 section 6.2.3.2). They live on when the
 * session they come from has ended, and one that has ended does not come back. Used alone with the session.
 */
final class Forks {
    private final Map<String, MobicentsSipSession> derived =
            new ConcurrentHashMap<>(); // read when sessions are counted
    private final Set<String> ended = new HashSet<>();

    /** Makes {@code derived} a copy of {@code original}, but for what names its dialog. */
    static void copy(CallSession original, CallSession derived) {
        Map<String, Object> attributes = original.getSipSessionAttributeMap();
        if (attributes != null) {
            derived.setSipSessionAttributeMap(new ConcurrentHashMap<>(attributes));
        }
        try {
            derived.setHandler(original.getHandler());
        } catch (ServletException e) { // it is a servlet of the application
            throw new IllegalStateException(e);
        }
        derived.setState(SipSession.State.INITIAL);
        derived.setStateInfo(original.getStateInfo());
        derived.setRoutingRegion(original.getRegionInternal());
        derived.setProxy(original.getProxy());
        derived.setSipSubscriberURI(original.getSipSubscriberURI());
        derived.setUserPrincipal(original.getUserPrincipal());
        derived.sendFrom(original.getOutboundInterface());
        derived.setInvalidateWhenReady(original.getInvalidateWhenReady());
        derived.setParentSession(original);
    }

    void add(MobicentsSipSession session) {
        derived.put(session.getKey().getToTag(), session);
    }

    MobicentsSipSession find(String tag) {
        return derived.get(tag);
    }

    MobicentsSipSession remove(String tag) {
        ended.add(tag);
        return derived.remove(tag);
    }

    boolean hasEnded(String tag) {
        return ended.contains(tag);
    }

    boolean isEmpty() {
        return derived.isEmpty();
    }

    int size() {
        return derived.size();
    }

    Iterator<MobicentsSipSession> iterator() {
        return derived.values().iterator();
    }

    /** The transaction that made them all has ended. */
    void ended(Transaction transaction) {
        for (MobicentsSipSession session : List.copyOf(derived.values())) {
            if (session.isValidInternal()) {
                session.removeOngoingTransaction(transaction);
            }
        }
    }

    boolean anyEarly() {
        return derived.values().stream().anyMatch(Forks::isEarly);
    }

    /** The early dialogs end that no 2xx has confirmed (RFC 3261 section 13.2.2.4). */
    void endEarly() {
        List.copyOf(derived.values()).forEach(Forks::endIfEarly);
    }

    static boolean isEarly(MobicentsSipSession session) {
        return session.isValidInternal() && SipSession.State.EARLY.equals(session.getState());
    }

    static void endIfEarly(MobicentsSipSession session) {
        if (!isEarly(session)) {
            return;
        }
        LOG.debugf("the early dialog of %s ends", session.getKey());
        Dialog dialog = session.getSessionCreatingDialog();
        session.setState(SipSession.State.TERMINATED);
        if (dialog != null) {
            dialog.delete();
        }
        session.onTerminatedState();
    }
}
