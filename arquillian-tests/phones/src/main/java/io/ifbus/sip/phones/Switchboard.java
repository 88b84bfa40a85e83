// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import io.ifbus.sip.phones.PhoneCall.State;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Arrays;
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
final class Switchboard implements Station.Receiver, Equipment.Exchange, AutoCloseable {

    private static final int SESSION_INTERVAL_TOO_SMALL = 422;

    private final PhoneBuilder wanted;
    private final Watch watch;
    private final Manners manners = new Manners();
    private final CallList calls;
    private final Trace trace;
    private final Line line;
    private final Station station;
    private final Messages messages;
    private final Equipment equipment;
    private final ScheduledExecutorService audioClock;
    private final MediaPort.Silent silent = new MediaPort.Silent(InetAddress.getLoopbackAddress());
    private final AtomicLong sessionIds = new AtomicLong(System.currentTimeMillis());
    private final Map<String, Consumer<PhoneCall>> reactions = new ConcurrentHashMap<>();

    private volatile Autopilot autopilot = new Autopilot.Off();

    Switchboard(PhoneBuilder wanted, Watch watch) {
        this.wanted = wanted;
        this.watch = watch;
        calls = new CallList(watch);
        trace = new Trace(watch, manners::isDeafTo, this::traced);
        line = new Line(wanted.name(), watch);
        audioClock = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "audio " + wanted.name());
            thread.setDaemon(true);
            thread.setPriority(Thread.MAX_PRIORITY);
            return thread;
        });
        station = new Station(wanted.name(), wanted.port(), trace, line, this);
        messages = new Messages(station, wanted, manners);
        equipment = new Equipment(station, messages, line, watch, manners, this);
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

    Manners manners() {
        return manners;
    }

    CallList calls() {
        return calls;
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

    void sendAgain(Traced message, String text) {
        line.run(() -> station.sendAgain(message.remote(), text));
    }

    void place(String uri, boolean withOffer, Map<String, String> headers) {
        line.run(() -> dial(uri, withOffer, headers));
    }

    // ---- for the calls ----

    @Override
    public CallCore dial(String uri, boolean withOffer, Map<String, String> headers) throws Exception {
        PhoneCall call = newCall();
        Optional<String> offer = withOffer ? call.core().offerAnswer.offer() : Optional.empty();
        try {
            Request invite = messages.invite(uri, offer, headers);
            calls.addDialled(CallCore.callIdOf(invite), call);
            call.core().dial(invite);
            return call.core();
        } catch (ParseException e) {
            call.core().offerAnswer.end();
            throw new IllegalArgumentException("cannot call " + uri + " with " + headers, e);
        }
    }

    @Override
    public Optional<CallCore> find(Replaced dialog) {
        return calls.find(dialog.callId()).map(PhoneCall::core).filter(core -> core.isDialog(dialog));
    }

    @Override
    public boolean allows(String method) {
        return wanted.isAllowed(method);
    }

    // ---- from the station, on the line's thread ----

    @Override
    public void request(Request request, ServerTransaction transaction, Dialog dialog) throws Exception {
        Optional<PhoneCall> known = calls.find(CallCore.callIdOf(request));
        boolean outside = ((ToHeader) request.getHeader(ToHeader.NAME)).getTag() == null;
        PhoneCall call = known.orElse(null);
        if (known.isPresent() && (!outside || Request.CANCEL.equals(request.getMethod())))
            known.get().core().request(request, transaction);
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
        if (refused(invite, transaction)) return null;
        PhoneCall call = newCall();
        // RFC 3891 section 3: who does not know the header does as if it were not there.
        Optional<Replaced> replaces = Messages.header(invite, "Replaces")
                .filter(value -> wanted.supported().contains("replaces"))
                .map(Replaced::parse);
        boolean taken = !(autopilot instanceof Autopilot.Off) || replaces.isPresent();
        calls.addIncoming(CallCore.callIdOf(invite), call, taken);
        call.core().invited(transaction);
        if (replaces.isPresent()) call.core().callee.takePlaceOf(replaces.get());
        return call;
    }

    private boolean refused(Request invite, ServerTransaction transaction) throws Exception {
        List<String> required = Messages.header(invite, "Require").stream()
                .flatMap(value -> Arrays.stream(value.split("\\s*,\\s*")))
                .filter(extension -> !wanted.supported().contains(extension))
                .toList();
        if (!required.isEmpty()) {
            String unsupported = String.join(", ", required);
            // RFC 3261 section 8.2.2.3
            messages.respond(transaction, Response.BAD_EXTENSION, Optional.empty(), Map.of("Unsupported", unsupported));
            return true;
        }
        Optional<Challenge> challenge = manners.challenge();
        if (challenge.isPresent() && !isMet(challenge.get(), invite)) {
            Map<String, String> asks =
                    Map.of(challenge.get().asks(), challenge.get().header());
            messages.respond(transaction, challenge.get().status(), Optional.empty(), asks);
            return true;
        }
        if (wanted.timer().refuses(Messages.header(invite, "Session-Expires"))) {
            Map<String, String> least =
                    Map.of("Min-SE", Integer.toString(wanted.timer().minSe()));
            messages.respond(transaction, SESSION_INTERVAL_TOO_SMALL, Optional.empty(), least);
            return true;
        }
        return false;
    }

    private static boolean isMet(Challenge challenge, Request invite) {
        return Messages.header(invite, challenge.answers())
                .filter(value -> challenge.isMetBy(value, Request.INVITE))
                .isPresent();
    }

    @Override
    public void response(Response response, Dialog dialog) throws Exception {
        Optional<PhoneCall> call = calls.find(CallCore.callIdOf(response));
        if (call.isPresent()) call.get().core().response(response, dialog);
        String method = ((CSeqHeader) response.getHeader(CSeqHeader.NAME)).getMethod();
        heard(response.getStatusCode() + " " + method, call.orElse(null));
    }

    @Override
    public void timeout(Request request) {
        calls.find(CallCore.callIdOf(request)).ifPresent(call -> call.core().timeout(request));
    }

    @Override
    public void unacknowledged(Dialog dialog) throws Exception {
        Optional<PhoneCall> call = calls.find(dialog.getCallId().getCallId());
        if (call.isPresent()) call.get().core().unacknowledged();
    }

    /** The ACK of a refusal ends in the stack (RFC 3261 section 17.2.1), so it is heard here. */
    private void traced(Traced message) {
        if (message.way() != Traced.Way.RECEIVED || !Request.ACK.equals(message.kind())) return;
        line.enqueue(() -> {
            Optional<PhoneCall> call = calls.find(message.callId());
            if (call.isPresent() && call.get().core().callee.takeRefusalAcknowledged()) heard(Request.ACK, call.get());
        });
    }

    private void heard(String kind, PhoneCall call) {
        calls.heard(kind);
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
        return new PhoneCall(equipment, audio, negotiation, this::changed);
    }

    /** Steps of the autopilot are queued, so that they come after what the call does now. */
    private void changed(PhoneCall call) {
        State state = call.state();
        if (state == State.INCOMING) {
            if (autopilot instanceof Autopilot.Rejects refusal) line.enqueue(() -> call.reject(refusal.status()));
            else if (autopilot instanceof Autopilot.RingsLate way) line.later(way.after(), call::ring);
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
        calls.all().forEach(call -> call.core().offerAnswer.end());
        audioClock.shutdownNow();
        silent.release();
    }
}
