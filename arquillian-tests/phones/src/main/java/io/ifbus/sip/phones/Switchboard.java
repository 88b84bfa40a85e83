// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Brings each message to its call, new calls to the phone, and does what the autopilot says. */
final class Switchboard implements Station.Receiver, AutoCloseable {

    private final PhoneBuilder wanted;
    private final Watch watch;
    private final Trace trace;
    private final Line line;
    private final Station station;
    private final Messages messages;
    private final ScheduledExecutorService audioClock;
    private final MediaPort.Silent silent = new MediaPort.Silent(InetAddress.getLoopbackAddress());
    private final AtomicLong sessionIds = new AtomicLong(System.currentTimeMillis());
    private final Map<String, Consumer<PhoneCall>> reactions = new ConcurrentHashMap<>();
    private final Map<String, String> extraHeaders = new ConcurrentHashMap<>();

    // Guarded by the watch.
    private final Map<String, PhoneCall> byCallId = new LinkedHashMap<>();
    private final Deque<PhoneCall> untaken = new ArrayDeque<>();
    private final Map<String, Integer> unheard = new HashMap<>();
    private PhoneCall current;

    private volatile Autopilot autopilot = new Autopilot.Off();

    Switchboard(PhoneBuilder wanted, Watch watch) {
        this.wanted = wanted;
        this.watch = watch;
        trace = new Trace(watch, this::traced);
        line = new Line(wanted.name(), watch);
        audioClock = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "audio " + wanted.name());
            thread.setDaemon(true);
            thread.setPriority(Thread.MAX_PRIORITY);
            return thread;
        });
        station = new Station(wanted.name(), wanted.port(), trace, line, this);
        messages = new Messages(station, wanted.name(), wanted.tcp());
    }

    String uri() {
        return messages.uri();
    }

    int port() {
        return station.port();
    }

    Trace trace() {
        return trace;
    }

    List<Throwable> failures() {
        return line.failures();
    }

    void automatically(Autopilot next) {
        autopilot = next;
    }

    void on(String kind, Consumer<PhoneCall> reaction) {
        reactions.put(kind, reaction);
    }

    void adds(String header, String value) {
        extraHeaders.put(header, value);
    }

    void dial(String uri, boolean withOffer) {
        line.run(() -> {
            PhoneCall call = newCall();
            Optional<String> offer = withOffer ? call.offer() : Optional.empty();
            try {
                Request invite = messages.invite(uri, offer, extraHeaders);
                watch.change(() -> {
                    current = call;
                    byCallId.put(PhoneCall.callIdOf(invite), call);
                });
                call.dial(invite);
            } catch (ParseException e) {
                call.discard();
                throw new IllegalArgumentException("not a SIP URI: " + uri, e);
            }
        });
    }

    Optional<PhoneCall> current() {
        return watch.look(() -> Optional.ofNullable(current));
    }

    List<PhoneCall> calls() {
        return watch.look(() -> new ArrayList<>(byCallId.values()));
    }

    boolean hasUntaken() {
        return watch.look(() -> !untaken.isEmpty());
    }

    PhoneCall takeNext() {
        return watch.look(() -> {
            current = untaken.removeFirst();
            return current;
        });
    }

    boolean hasUnheard(String kind) {
        return watch.look(() -> unheard.getOrDefault(kind, 0) > 0);
    }

    void takeHeard(String kind) {
        watch.change(() -> unheard.merge(kind, -1, Integer::sum));
    }

    // ---- from the station, on the line's thread ----

    @Override
    public void request(Request request, ServerTransaction transaction, Dialog dialog) throws Exception {
        PhoneCall call = watch.look(() -> byCallId.get(PhoneCall.callIdOf(request)));
        boolean outside = ((ToHeader) request.getHeader(ToHeader.NAME)).getTag() == null;
        if (call != null && (!outside || Request.CANCEL.equals(request.getMethod())))
            call.request(request, transaction);
        else if (transaction != null) call = outside(request, transaction, outside);
        heard(request.getMethod(), call);
    }

    private PhoneCall outside(Request request, ServerTransaction transaction, boolean outside) throws Exception {
        String method = request.getMethod();
        if (outside && Request.INVITE.equals(method)) return invited(request, transaction);
        boolean known = Request.OPTIONS.equals(method) || Request.MESSAGE.equals(method);
        if (!outside || Request.CANCEL.equals(method) || Request.BYE.equals(method))
            messages.respond(transaction, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST);
        else messages.respond(transaction, known ? Response.OK : Response.METHOD_NOT_ALLOWED);
        return null;
    }

    private PhoneCall invited(Request invite, ServerTransaction transaction) throws Exception {
        if (invite.getHeader("Require") != null) {
            messages.respond(transaction, Response.BAD_EXTENSION); // RFC 3261 section 8.2.2.3
            return null;
        }
        PhoneCall call = newCall();
        watch.change(() -> {
            byCallId.put(PhoneCall.callIdOf(invite), call);
            boolean automatic = !(autopilot instanceof Autopilot.Off);
            if (automatic) current = call;
            else untaken.addLast(call);
        });
        call.invited(transaction);
        return call;
    }

    @Override
    public void response(Response response, Dialog dialog) throws Exception {
        PhoneCall call = watch.look(() -> byCallId.get(PhoneCall.callIdOf(response)));
        if (call != null) call.response(response, dialog);
        String method = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod();
        heard(response.getStatusCode() + " " + method, call);
    }

    @Override
    public void timeout(Request request) {
        PhoneCall call = watch.look(() -> byCallId.get(PhoneCall.callIdOf(request)));
        if (call != null) call.timeout(request);
    }

    @Override
    public void unacknowledged(Dialog dialog) throws Exception {
        PhoneCall call = watch.look(() -> byCallId.get(dialog.getCallId().getCallId()));
        if (call != null) call.unacknowledged();
    }

    /** The ACK of a refusal ends in the stack (RFC 3261 section 17.2.1), so it is heard here. */
    private void traced(Traced message) {
        if (message.way() != Traced.Way.RECEIVED || !Request.ACK.equals(message.kind())) return;
        line.enqueue(() -> {
            PhoneCall call = watch.look(() -> byCallId.get(message.callId()));
            if (call != null && call.takeRefusalAcknowledged()) heard(Request.ACK, call);
        });
    }

    private void heard(String kind, PhoneCall call) {
        watch.change(() -> unheard.merge(kind, 1, Integer::sum));
        Consumer<PhoneCall> reaction = reactions.get(kind);
        if (reaction != null && call != null) reaction.accept(call);
    }

    // ---- calls ----

    private PhoneCall newCall() {
        Optional<Audio> audio = wanted.withAudio()
                ? Optional.of(new Audio(InetAddress.getLoopbackAddress(), wanted.toneHz(), audioClock, watch))
                : Optional.empty();
        MediaPort media = audio.isPresent() ? audio.get() : silent;
        Negotiation negotiation = wanted.negotiation(media, sessionIds.incrementAndGet());
        return new PhoneCall(station, messages, line, watch, audio, negotiation, this::changed);
    }

    /** Steps of the autopilot are queued, so that they come after what the call does now. */
    private void changed(PhoneCall call) {
        State state = call.state();
        if (state == State.INCOMING) {
            if (autopilot instanceof Autopilot.Rejects refusal) line.enqueue(() -> call.reject(refusal.status()));
            else if (!(autopilot instanceof Autopilot.Off)) line.enqueue(call::ring);
        } else if (state == State.ALERTING) {
            if (autopilot instanceof Autopilot.Answers way) line.later(way.after(), call::answer);
            if (autopilot instanceof Autopilot.HangsUp way) line.later(way.after(), call::answer);
        } else if (state == State.TALKING && autopilot instanceof Autopilot.HangsUp way) {
            line.later(way.talk(), call::hangUp);
        }
    }

    @Override
    public void close() {
        line.close();
        station.close();
        calls().forEach(PhoneCall::discard);
        audioClock.shutdownNow();
        silent.release();
    }
}
