// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.dispatch.SerialQueues;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.mobicents.servlet.sip.core.session.SipSessionKey;
import org.mobicents.servlet.sip.core.session.SipStandardManagerDelegate;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/**
 * One application's sessions. Each application session has a serial queue from its birth to its end, and each Call-ID
 * used in it leads to that queue.
 */
final class Sessions extends SipStandardManagerDelegate implements SipManager {
    private final SerialQueues queues;
    private final ApplicationEnvironment environment;
    private final Map<String, Set<String>> callIds = new ConcurrentHashMap<>();

    Sessions(SerialQueues queues, SipContext application, SipFactoryImpl factory, ApplicationEnvironment environment) {
        this.queues = queues;
        this.environment = environment;
        setContainer(application);
        setSipFactoryImpl(factory);
    }

    @Override
    protected MobicentsSipApplicationSession createSipApplicationSession(SipApplicationSessionKey key) {
        String id = key.getId();
        callIds.put(id, ConcurrentHashMap.newKeySet());
        queues.bindHere(SerialQueues.sessionName(id));
        MobicentsSipApplicationSession session = null;
        try {
            session = super.createSipApplicationSession(key);
            return session;
        } finally {
            if (session == null || !session.getKey().getId().equals(id)) {
                forget(id); // another thread made the session of that key first, or a limit was met
            }
        }
    }

    @Override
    protected MobicentsSipSession getNewMobicentsSipSession(
            SipSessionKey key, SipFactoryImpl factory, MobicentsSipApplicationSession parent) {
        MobicentsSipSession session = super.getNewMobicentsSipSession(key, factory, parent);
        String id = parent.getKey().getId();
        callIds.computeIfPresent(id, (i, known) -> { // one step, or the session could end in between
            if (known.add(key.getCallId())) {
                queues.bindAlias(key.getCallId(), SerialQueues.sessionName(i));
            }
            return known;
        });
        return session;
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

    private void forget(String id) {
        Set<String> known = callIds.remove(id);
        if (known != null) {
            known.forEach(queues::unbind);
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
