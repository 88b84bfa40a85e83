// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.station;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/** The three parts of an application, as some component was given them, and whose they are. */
public record Parts(SipFactory factory, TimerService timers, SipSessionsUtil sessions) {
    /** The sessions whose timer is awaited. */
    static final Map<String, CompletableFuture<String>> AWAITED = new ConcurrentHashMap<>();

    private static final int PATIENCE_S = 10;

    public static Parts named(String prefix) {
        return new Parts(
                lookup(prefix + "/SipFactory", SipFactory.class),
                lookup(prefix + "/TimerService", TimerService.class),
                lookup(prefix + "/SipSessionsUtil", SipSessionsUtil.class));
    }

    @SuppressWarnings("BanJNDI") // names of this application's own context
    private static <T> T lookup(String name, Class<T> type) {
        try {
            return type.cast(new InitialContext().lookup(name));
        } catch (NamingException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** The name of the application that all three belong to, or what differs. */
    public String owner() {
        SipApplicationSession session = factory.createApplicationSession();
        try {
            String owner = session.getApplicationName();
            if (sessions.getApplicationSessionById(session.getId()) == null) {
                return owner + ", but its sessions are not found by SipSessionsUtil";
            }
            CompletableFuture<String> fired = new CompletableFuture<>();
            AWAITED.put(session.getId(), fired);
            timers.createTimer(session, 1, false, "for " + owner);
            String context = fired.get(PATIENCE_S, TimeUnit.SECONDS);
            return context.equals(owner) ? owner : owner + ", but its timers fire in " + context;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (ExecutionException | TimeoutException e) {
            return "its timer did not fire: " + e;
        } finally {
            AWAITED.remove(session.getId());
        }
    }
}
