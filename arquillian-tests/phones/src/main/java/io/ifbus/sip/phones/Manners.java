// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How a phone behaves where the story wants it odd. May be used by several threads. */
final class Manners {

    private final Map<String, Deque<Reply>> once = new HashMap<>();
    private final Map<String, Reply> always = new HashMap<>();
    private final Map<String, Map<String, String>> extra = new HashMap<>();
    private final Set<String> deaf = ConcurrentHashMap.newKeySet();
    private volatile boolean acknowledges = true;
    private volatile boolean losesNotifies;
    private volatile boolean followsRefers;
    private volatile Optional<Challenge> challenge = Optional.empty();
    private volatile Optional<Credentials> credentials = Optional.empty();

    record Credentials(String user, String password) {}

    synchronized void once(String method, Reply reply) {
        once.computeIfAbsent(method, key -> new ArrayDeque<>()).addLast(reply);
    }

    synchronized void always(String method, Reply reply) {
        once.remove(method);
        if (reply.equals(Reply.usual())) always.remove(method);
        else always.put(method, reply);
    }

    /** How to answer the request that just came. */
    synchronized Reply next(String method) {
        Deque<Reply> queue = once.get(method);
        if (queue != null && !queue.isEmpty()) return queue.removeFirst();
        return always.getOrDefault(method, Reply.usual());
    }

    synchronized boolean hasScriptFor(String method) {
        Deque<Reply> queue = once.get(method);
        return (queue != null && !queue.isEmpty()) || always.containsKey(method);
    }

    synchronized void adds(String kind, String header, String value) {
        extra.computeIfAbsent(kind, key -> new LinkedHashMap<>()).put(header, value);
    }

    /** @param kind a method, or status and method */
    synchronized Map<String, String> extra(String kind) {
        return new LinkedHashMap<>(extra.getOrDefault(kind, Map.of()));
    }

    void deafTo(String kind) {
        deaf.add(kind);
    }

    void hearsAgain(String kind) {
        deaf.remove(kind);
    }

    boolean isDeafTo(String kind) {
        return deaf.contains(kind);
    }

    void neverAcknowledges() {
        acknowledges = false;
    }

    boolean acknowledges() {
        return acknowledges;
    }

    void losesNotifies() {
        losesNotifies = true;
    }

    boolean notifies() {
        return !losesNotifies;
    }

    void followsRefers() {
        followsRefers = true;
    }

    /** What becomes of a REFER for which there is no script. */
    Reply refer() {
        return followsRefers ? Reply.usual() : Reply.deferred();
    }

    void challenges(Optional<Challenge> wanted) {
        challenge = wanted;
    }

    Optional<Challenge> challenge() {
        return challenge;
    }

    void knows(String user, String password) {
        credentials = Optional.of(new Credentials(user, password));
    }

    Optional<Credentials> credentials() {
        return credentials;
    }
}
