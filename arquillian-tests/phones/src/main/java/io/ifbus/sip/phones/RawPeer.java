// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ifbus.sip.phones.Traced.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * A UDP socket on the loopback interface that says only what the story says, to the byte: what no phone would do.
 *
 * <pre>{@code
 * peer.hears("INVITE").answers(180, "Ringing");
 * peer.sends(peer.response(200, "OK").toTag("a").sdp(peer.sdp()));
 * peer.sends(peer.response(200, "OK").toTag("b").sdp(peer.sdp()));
 * RawMessage ack = peer.expects("ACK");
 * }</pre>
 *
 * <p>It repeats nothing, sends no ACK of its own accord, and sees copies of what it did not answer. For one thread.
 */
public final class RawPeer implements OnTheWire, AutoCloseable {

    private static final int LARGEST = 65535;
    private static final String BRANCH = "z9hG4bK";

    private final String name;
    private final DatagramSocket socket;
    private final byte[] buffer = new byte[LARGEST];
    private final List<Traced> trace = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Duration patience = Duration.ofSeconds(5);
    private InetSocketAddress sender;
    private RawMessage invite;
    private RawMessage request;
    private RawMessage newest;

    public RawPeer() throws IOException {
        this("peer");
    }

    public RawPeer(String name) throws IOException {
        this.name = name;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return socket.getLocalPort();
    }

    public String uri() {
        return "sip:" + name + "@127.0.0.1:" + port();
    }

    @Override
    public List<Traced> trace() {
        return List.copyOf(trace);
    }

    /** How long each step waits; 5 s unless told. */
    public RawPeer waitsAtMost(Duration limit) {
        patience = limit;
        return this;
    }

    // ---- what it hears ----

    /** Waits for a request, past all else, and keeps it to be answered. */
    public RawPeer hears(String method) {
        expects(method);
        return this;
    }

    /**
     * Waits for a message of this kind, past all else, copies of it included.
     *
     * @param kind a method, or status and method: {@code "200 INVITE"}
     */
    public RawMessage expects(String kind) {
        return next(message -> message.kind().equals(kind), kind);
    }

    /** The same, but past copies of what came before. */
    public RawMessage expectsNew(String kind) {
        return next(message -> message.kind().equals(kind) && !seen.contains(message.toString()), "new " + kind);
    }

    private RawMessage next(Predicate<RawMessage> wanted, String what) {
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (!receives(Duration.ofNanos(left))) continue;
            RawMessage message = newest;
            boolean found = wanted.test(message);
            seen.add(message.toString());
            if (found) return message;
        }
        throw new AssertionError("no " + what + " came; " + name + " saw:\n"
                + String.join("\n", trace.stream().map(Traced::toString).toList()) + "\nthe last was\n" + newest);
    }

    /** Nothing but copies of this request comes for a while. */
    public RawPeer hearsOnly(String method, Duration during) {
        return hearsNothing(during, message -> message.kind().equals(method));
    }

    /** Nothing at all comes for a while. */
    public RawPeer hearsNothing(Duration during) {
        return hearsNothing(during, message -> false);
    }

    private RawPeer hearsNothing(Duration during, Predicate<RawMessage> but) {
        long end = System.nanoTime() + during.toNanos();
        for (long left = during.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (receives(Duration.ofNanos(left)) && !but.test(newest))
                throw new AssertionError("came too early:\n" + newest);
        }
        return this;
    }

    /** The INVITE heard last. @throws IllegalStateException if there was none */
    public RawMessage invite() {
        if (invite == null) throw new IllegalStateException(name + " heard no INVITE");
        return invite;
    }

    /** The request heard last. @throws IllegalStateException if there was none */
    public RawMessage request() {
        if (request == null) throw new IllegalStateException(name + " heard no request");
        return request;
    }

    // ---- what it says ----

    /** Answers the request heard last. */
    public RawPeer answers(int status, String phrase) {
        return sends(response(request(), status, phrase));
    }

    /** Answers the INVITE heard last, whatever came after it. */
    public RawPeer answersInvite(int status, String phrase) {
        return sends(response(invite(), status, phrase));
    }

    /** A response to the INVITE heard last. */
    public RawMessage response(int status, String phrase) {
        return response(invite(), status, phrase);
    }

    /** A response to any request, with the To tag {@code peer} if it has none, and a Contact. */
    public RawMessage response(RawMessage asked, int status, String phrase) {
        List<String> headers = new ArrayList<>(asked.headers().stream()
                .filter(line -> line.matches("(?i)(via|from|to|call-id|cseq|record-route):.*"))
                .toList());
        headers.add("Contact: <" + uri() + ">");
        RawMessage response = new RawMessage("SIP/2.0 " + status + " " + phrase, headers, "");
        return status > 100 && response.toTag().isEmpty() ? response.toTag("peer") : response;
    }

    /** Our side of the dialog that our response made. */
    public RawDialog dialog(RawMessage response) {
        return RawDialog.ofCallee(this, invite(), response);
    }

    /** Our side of the dialog that their response to our INVITE made. */
    public RawDialog dialogFrom(RawMessage theirs) {
        return RawDialog.ofCaller(this, theirs);
    }

    /** An INVITE outside of any dialog, not sent yet, with CSeq 1 and a session description. */
    public RawMessage inviteTo(String uri) {
        return requestTo("INVITE", uri).sdp(sdp());
    }

    /** Any request outside of a dialog, not sent yet. */
    public RawMessage requestTo(String method, String uri) {
        return new RawMessage(
                method + " " + uri + " SIP/2.0",
                List.of(
                        "Via: " + newVia(),
                        "From: <" + uri() + ">;tag=" + token(),
                        "To: <" + uri + ">",
                        "Call-ID: " + token(),
                        "CSeq: 1 " + method,
                        "Contact: <" + uri() + ">",
                        "Max-Forwards: 70"),
                "");
    }

    /** The ACK of a refusal, which belongs to the INVITE's transaction (RFC 3261 section 17.1.1.3). */
    public RawMessage ackOf(RawMessage asked, RawMessage refusal) {
        return new RawMessage(
                "ACK " + asked.requestUri() + " SIP/2.0",
                List.of(
                        "Via: " + asked.header("Via"),
                        "From: " + asked.header("From"),
                        "To: " + refusal.header("To"),
                        "Call-ID: " + asked.callId(),
                        "CSeq: " + asked.cseq() + " ACK",
                        "Max-Forwards: 70"),
                "");
    }

    /** The CANCEL of an INVITE of ours (RFC 3261 section 9.1). */
    public RawMessage cancelOf(RawMessage asked) {
        return ackOf(asked, asked)
                .startLine("CANCEL " + asked.requestUri() + " SIP/2.0")
                .with("CSeq", asked.cseq() + " CANCEL");
    }

    /** A sendrecv offer or answer; nothing listens there. */
    public Sdp sdp() {
        return sdp(Direction.SENDRECV);
    }

    public Sdp sdp(Direction direction) {
        Sdp.Media audio = new Sdp.Media("audio", "127.0.0.1", 9, "RTP/AVP", List.of(Sdp.PCMU), direction);
        return new Sdp(1, 1, "127.0.0.1", List.of(audio));
    }

    /** Sends a response to where the request heard last came from. */
    public RawPeer sends(RawMessage response) {
        if (sender == null) throw new IllegalStateException(name + " heard nobody yet");
        return sends(response.toString(), sender.getPort());
    }

    public RawPeer sendsTo(int port, RawMessage message) {
        return sends(message.toString(), port);
    }

    /** Sends this text and no other, well formed or not, to a port of the loopback interface. */
    public RawPeer sends(String text, int port) {
        byte[] bytes = text.getBytes(UTF_8);
        try {
            note(Way.SENT, port, text);
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Another transaction's Via. */
    public String newVia() {
        return "SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=" + BRANCH + token();
    }

    private static String token() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** Waits for the next message, whatever it is; false if none came. It is then the last one in the trace. */
    public boolean receives(Duration limit) {
        try {
            socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            sender = (InetSocketAddress) packet.getSocketAddress();
            String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
            if (text.isBlank()) return false; // a keep-alive
            newest = RawMessage.parse(text);
            note(Way.RECEIVED, sender.getPort(), text);
            if (newest.isRequest()) request = newest;
            if (newest.kind().equals("INVITE")) invite = newest;
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(Way way, int port, String text) {
        trace.add(Traced.of(Instant.now(), way, "127.0.0.1:" + port, text));
    }

    @Override
    public void close() {
        socket.close();
    }
}
