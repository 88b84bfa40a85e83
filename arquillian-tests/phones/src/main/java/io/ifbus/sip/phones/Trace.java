// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import io.ifbus.sip.phones.Traced.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Every message that a phone's stack put on or took off the wire, in order. Fed by the stack's own hooks. */
final class Trace {

    /** The stack makes its hooks itself, by class name; they find their phone by the name of the stack. */
    private static final Map<String, Trace> BY_STACK = new ConcurrentHashMap<>();

    private final Watch watch;
    private final Predicate<String> deaf;
    private final Consumer<Traced> listener;
    private final List<Traced> lines = new ArrayList<>();

    /**
     * @param deaf which kinds of messages are noted but never heard
     * @param listener told of each message that is heard, on a thread of the stack
     */
    Trace(Watch watch, Predicate<String> deaf, Consumer<Traced> listener) {
        this.watch = watch;
        this.deaf = deaf;
        this.listener = listener;
    }

    void register(String stackName) {
        BY_STACK.put(stackName, this);
    }

    static void unregister(String stackName) {
        BY_STACK.remove(stackName);
    }

    static void sent(String stackName, SIPMessage message, String to, Instant at) {
        Trace trace = BY_STACK.get(stackName);
        if (trace == null || message.getCSeq() == null) return;
        // By TCP a response goes to whatever port the request came from.
        String remote = message instanceof SIPResponse ? sentBy(message) : to;
        trace.add(traced(Way.SENT, message, remote, at));
    }

    /**
     * @param from address and port that it came from
     * @return whether the stack may have it
     */
    static boolean received(String stackName, SIPMessage message, String from, Instant at) {
        Trace trace = BY_STACK.get(stackName);
        if (trace == null || message.getCSeq() == null) return true;
        String remote = message instanceof SIPResponse ? trace.askedOf(message, from) : sentBy(message);
        Traced line = traced(Way.RECEIVED, message, remote, at);
        trace.add(line);
        boolean heard = !trace.deaf.test(line.kind());
        if (heard) trace.listener.accept(line);
        return heard;
    }

    private static String sentBy(SIPMessage message) {
        Via via = message.getTopmostVia();
        return via == null ? "" : via.getHost() + ":" + (via.getPort() < 0 ? 5060 : via.getPort());
    }

    /** Where the request went that this responds to; its own trace may come later than its answer. */
    private String askedOf(SIPMessage response, String from) {
        String branch = String.valueOf(response.getTopmostVia().getBranch());
        return watch.look(() -> lines.stream()
                .filter(line -> line.way() == Way.SENT && line.transaction().contains("|" + branch + "|"))
                .map(Traced::remote)
                .findFirst()
                .orElse(from));
    }

    private void add(Traced line) {
        watch.change(() -> lines.add(line.way() == Way.SENT ? placeOf(line) : lines.size(), line));
    }

    /** The stack reports a message after it left, to the millisecond, so that what came later may be here already. */
    private int placeOf(Traced sent) {
        int place = lines.size();
        for (int i = place - 1; i >= 0 && !lines.get(i).at().isBefore(sent.at()); i--) {
            Traced other = lines.get(i);
            boolean later = other.way() == Way.RECEIVED
                    && !other.at().isBefore(sent.at().plusMillis(1));
            if (later || sent.isAnsweredBy(other)) place = i;
        }
        return place;
    }

    List<Traced> lines() {
        return watch.look(() -> List.copyOf(lines));
    }

    long count(Way way, String kind) {
        return watch.look(() -> lines.stream()
                .filter(line -> line.way() == way && line.kind().equals(kind))
                .count());
    }

    /** How many messages of this kind were copies of one seen before. */
    long copies(Way way, String kind) {
        Set<String> seen = new HashSet<>();
        return lines().stream()
                .filter(line -> line.way() == way && line.kind().equals(kind))
                .filter(line -> !seen.add(line.transaction()))
                .count();
    }

    private static Traced traced(Way way, SIPMessage message, String remote, Instant at) {
        String method = message.getCSeq().getMethod();
        String kind = message instanceof SIPResponse response ? response.getStatusCode() + " " + method : method;
        String callId = message.getCallId().getCallId();
        long cseq = message.getCSeq().getSeqNumber();
        String branch =
                message.getTopmostVia() == null ? "" : message.getTopmostVia().getBranch();
        String transaction = String.join("|", callId, Long.toString(cseq), branch, String.valueOf(message.getToTag()));
        return new Traced(at, way, remote, kind, callId, cseq, transaction, message.encode());
    }
}
