// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;

/** Requests that wait for core to say what becomes of them, by a number of our own. Safe for use by any thread. */
final class Waiting {
    private final Map<Long, SipServletRequest> requests = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** Keeps {@code request}; returns its reference. */
    long keep(SipServletRequest request) {
        long reference = last.incrementAndGet();
        requests.put(reference, request);
        return reference;
    }

    /** Nobody will say any more what becomes of the requests of {@code session}. */
    void forget(SipApplicationSession session) {
        requests.values().removeIf(request -> request.getApplicationSession().equals(session));
    }

    /** @throws IllegalStateException if it was taken before */
    SipServletRequest take(long reference) {
        SipServletRequest request = requests.remove(reference);
        if (request == null) {
            throw new IllegalStateException("the request was answered before");
        }
        return request;
    }
}
