// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.dispatch.SerialQueues;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mobicents.servlet.sip.core.MobicentsSipFactory;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.SipManager;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipApplicationSessionKey;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.core.session.MobicentsSipSessionKey;
import org.mobicents.servlet.sip.core.session.SipApplicationSessionKey;
import org.mobicents.servlet.sip.core.session.SipSessionEventType;
import org.mobicents.servlet.sip.core.session.SipSessionKey;
import org.mobicents.servlet.sip.core.session.SipStandardManagerDelegate;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/**
 * One application's sessions. Each application session has a serial queue from its birth to its end, and each Call-ID
 * of its SIP sessions leads to that queue.
 */
final class Sessions extends SipStandardManagerDelegate implements SipManager {
    private final SerialQueues queues;
    private final ApplicationEnvironment environment;
    /** By the id of the application session: how many of its SIP sessions have a Call-ID. */
    private final Map<String, Map<String, Integer>> callIds = new ConcurrentHashMap<>();

    Sessions(SerialQueues queues, SipContext application, SipFactoryImpl factory, ApplicationEnvironment environment) {
        this.queues = queues;
        this.environment = environment;
        setContainer(application);
        setSipFactoryImpl(factory);
    }

    @Override
    protected MobicentsSipApplicationSession createSipApplicationSession(SipApplicationSessionKey key) {
        if (key.getAppGeneratedKey() == null) {
            return born(key);
        }
        synchronized (callIds) { // two calls may ask for the session of one key at a time
            MobicentsSipApplicationSession existing = getSipApplicationSession(key, false);
            return existing != null ? existing : born(key);
        }
    }

    private MobicentsSipApplicationSession born(SipApplicationSessionKey key) {
        String id = key.getId();
        callIds.put(id, new ConcurrentHashMap<>());
        queues.bindHere(SerialQueues.sessionName(id));
        MobicentsSipApplicationSession session = null;
        try {
            session = super.createSipApplicationSession(key);
            return session;
        } finally {
            if (session == null) {
                forget(id); // a limit was met
            }
        }
    }

    @Override
    protected MobicentsSipApplicationSession getNewMobicentsSipApplicationSession(
            SipApplicationSessionKey key, SipContext application) {
        sipApplicationSessionCounter++;
        return new CallApplicationSession(key, application);
    }

    @Override
    protected MobicentsSipSession getNewMobicentsSipSession(
            SipSessionKey key, SipFactoryImpl factory, MobicentsSipApplicationSession parent) {
        sipSessionCounter++;
        return new CallSession(key, factory, parent);
    }

    @Override
    protected MobicentsSipSession createSipSession(
            SipSessionKey key, boolean create, SipFactoryImpl factory, MobicentsSipApplicationSession parent) {
        hold(parent.getKey().getId(), key.getCallId());
        MobicentsSipSession session = super.createSipSession(key, create, factory, parent);
        if (session.getKey() != key) {
            release(key); // another thread made it first
        }
        return session;
    }

    /** One more SIP session of that Call-ID: its messages go to the queue of the application session. */
    private void hold(String id, String callId) {
        callIds.computeIfPresent(id, (i, held) -> { // one step, or the session could end in between
            if (held.merge(callId, 1, Integer::sum) == 1) {
                queues.bindAlias(callId, SerialQueues.sessionName(i));
            }
            return held;
        });
    }

    private void release(MobicentsSipSessionKey key) {
        callIds.computeIfPresent(key.getApplicationSessionId(), (i, held) -> {
            Integer left = held.computeIfPresent(key.getCallId(), (c, n) -> n == 1 ? null : Integer.valueOf(n - 1));
            if (left == null) {
                queues.unbind(key.getCallId());
            }
            return held;
        });
    }

    /** One that further sessions were derived from stays until they have ended: they are found by way of it. */
    @Override
    public MobicentsSipSession removeSipSession(MobicentsSipSessionKey key) {
        if (sipSessions.get(key) instanceof CallSession original
                && !original.forks().isEmpty()) {
            return original;
        }
        MobicentsSipSession removed = super.removeSipSession(key);
        if (removed != null) {
            release(removed.getKey());
        }
        return removed;
    }

    @Override
    public MobicentsSipApplicationSession removeSipApplicationSession(MobicentsSipApplicationSessionKey key) {
        MobicentsSipApplicationSession removed = super.removeSipApplicationSession(key);
        if (removed != null) {
            forget(removed.getKey().getId());
        }
        return removed;
    }

    /**
     * Ends all sessions, each on its own queue: their timers are cancelled and their dialogs dropped. Nothing is sent.
     *
     * @return whether all had ended when the time was up
     */
    boolean endAll(Duration patience) throws InterruptedException {
        List<MobicentsSipApplicationSession> living = new ArrayList<>();
        getAllSipApplicationSessions().forEachRemaining(living::add);
        CountDownLatch ended = new CountDownLatch(living.size());
        for (MobicentsSipApplicationSession session : living) {
            queues.execute(SerialQueues.sessionName(session.getKey().getId()), () -> {
                try {
                    if (session.isValidInternal()) {
                        session.invalidate(true);
                    }
                } finally {
                    ended.countDown();
                }
            });
        }
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The engine would only strike them off its list, with their timers set: {@link #endAll} ends them. */
    @Override
    public void removeAllSessions() {
        // asked for when the application goes out of service
    }

    /** Strikes off those that could not be ended, so that nothing leads to them. */
    void forgetAll() {
        super.removeAllSessions();
    }

    private void forget(String id) {
        Map<String, Integer> held = callIds.remove(id);
        if (held != null) {
            held.keySet().forEach(queues::unbind);
            queues.unbind(SerialQueues.sessionName(id));
        }
    }

    @Override
    public MobicentsSipApplicationSession getSipApplicationSession(
            MobicentsSipApplicationSessionKey key, boolean create) {
        return getSipApplicationSession((SipApplicationSessionKey) key, create);
    }

    @Override
    public MobicentsSipSession getSipSession(
            MobicentsSipSessionKey key,
            boolean create,
            MobicentsSipFactory factory,
            MobicentsSipApplicationSession parent) {
        return getSipSession((SipSessionKey) key, create, (SipFactoryImpl) factory, parent);
    }

    // ---- sessions of one INVITE and several dialogs ----

    /** That of its own tag; those that have ended are seen by their application session alone, which has their keys. */
    @Override
    public MobicentsSipSession getSipSession(
            SipSessionKey key, boolean create, SipFactoryImpl factory, MobicentsSipApplicationSession parent) {
        MobicentsSipSession found = super.getSipSession(key, create, factory, parent);
        return found == null || found.isValidInternal() || found.getKey() == key ? found : null;
    }

    @Override
    protected MobicentsSipSession setToTag(SipSessionKey key, MobicentsSipSession session) {
        boolean own = key.getToTag() == null
                || session.getKey().getToTag() == null
                || key.getToTag().equals(session.getKey().getToTag());
        if (own && !session.isValidInternal()) {
            return session;
        }
        if (!own && session instanceof CallSession original) {
            if (ForkedAnswers.isRefusal(key)) {
                return original;
            }
            if (original.forks().hasEnded(key.getToTag())) {
                return null;
            }
        }
        return super.setToTag(key, session);
    }

    @Override
    protected MobicentsSipSession createDerivedSipSession(MobicentsSipSession original, SipSessionKey key) {
        CallSession derived =
                (CallSession) getNewMobicentsSipSession(key, sipFactoryImpl, original.getSipApplicationSession());
        Forks.copy((CallSession) original, derived);
        original.addDerivedSipSessions(derived);
        derived.notifySipSessionListeners(SipSessionEventType.CREATION);
        return derived;
    }

    @Override
    public int getNumberOfSipSessions() {
        return sipSessions.values().stream()
                .mapToInt(session -> (session.isValidInternal() ? 1 : 0)
                        + ((CallSession) session).forks().size())
                .sum();
    }

    @Override
    public void setMobicentsSipFactory(MobicentsSipFactory factory) {
        setSipFactoryImpl((SipFactoryImpl) factory);
    }

    @Override
    public MobicentsSipFactory getMobicentsSipFactory() {
        return getSipFactoryImpl();
    }

    @Override
    public HttpSession findSession(String id) {
        return environment.httpSession(id);
    }
}
