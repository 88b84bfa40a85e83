// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A party of a telephone story: a UDP socket that says what the test tells it to say. By itself it only acknowledges the
 * non-2xx answers to its INVITEs (RFC 3261 section 17.1.1.3).
 */
final class Phone implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final String name;
    private final int serverPort;
    private final DatagramSocket socket;
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final Set<String> told = new HashSet<>(); // used by the test's thread alone
    private final Map<String, Message> invites = new ConcurrentHashMap<>();

    Phone(String name, int serverPort) throws IOException {
        this.name = name;
        this.serverPort = serverPort;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread ear = new Thread(this::listen, name);
        ear.setDaemon(true);
        ear.start();
    }

    String name() {
        return name;
    }

    int port() {
        return socket.getLocalPort();
    }

    String uri() {
        return "sip:" + name + "@127.0.0.1:" + port();
    }

    // ---- saying ----

    /** A request outside of a dialog, with a new Call-ID. */
    Draft request(String method) {
        String service = "sip:service@127.0.0.1:" + serverPort;
        return new Draft(this, method + " " + service + " SIP/2.0", serverPort)
                .via(Draft.newBranch())
                .header("From", "<" + uri() + ">;tag=" + name)
                .header("To", "<" + service + ">")
                .header("Call-ID", name + "-" + CALLS.incrementAndGet() + "-" + port())
                .header("CSeq", "1 " + method)
                .header("Max-Forwards", 70)
                .header("Contact", "<" + uri() + ">");
    }

    /** Sends an INVITE with an offer. */
    Message invites() {
        return request("INVITE").body("application/sdp", SDP).send();
    }

    /** An answer with this phone's name as To tag, not sent yet. */
    Draft answer(Message request, int status) {
        return answerAs(name, request, status);
    }

    /** An answer with that To tag, not sent yet. */
    Draft answerAs(String tag, Message request, int status) {
        int port = Integer.parseInt(request.header("Via").replaceAll("^[^;]*:(\\d+).*$", "$1"));
        Draft answer = new Draft(this, "SIP/2.0 " + status + " Said by " + name, port);
        request.headers("Via").forEach(via -> answer.header("Via", via));
        request.headers("Record-Route").forEach(route -> answer.header("Record-Route", route));
        String to = request.header("To");
        answer.header("From", request.header("From"))
                .header("To", request.toTag() != null || status == 100 ? to : to + ";tag=" + tag)
                .header("Call-ID", request.callId())
                .header("CSeq", request.header("CSeq"));
        return status / 100 == 3 ? answer : answer.header("Contact", "<" + uri() + ">");
    }

    void answers(Message request, int status) {
        answer(request, status).send();
    }

    /** Answers 200 with a session description. */
    void accepts(Message invite) {
        answer(invite, 200).body("application/sdp", SDP).send();
    }

    /** Cancels an INVITE of its own. */
    Message cancels(Message invite) {
        return new Draft(this, "CANCEL " + invite.requestUri() + " SIP/2.0", serverPort)
                .via(invite.branch())
                .header("From", invite.header("From"))
                .header("To", invite.header("To"))
                .header("Call-ID", invite.callId())
                .header("CSeq", invite.cseq() + " CANCEL")
                .header("Max-Forwards", 70)
                .send();
    }

    /** The dialog that a response made, for the party that sent the request. */
    Dialog dialogBy(Message response) {
        List<String> routes = new ArrayList<>(response.headers("Record-Route"));
        java.util.Collections.reverse(routes);
        return new Dialog(
                this,
                response.callId(),
                response.header("From"),
                response.header("To"),
                response.uri("Contact"),
                routes,
                response.cseq());
    }

    /** The dialog that its own answer to this request made. */
    Dialog dialogOf(Message request) {
        return dialogOf(request, name);
    }

    /** The same for an answer with that To tag. */
    Dialog dialogOf(Message request, String tag) {
        return new Dialog(
                this,
                request.callId(),
                request.header("To") + ";tag=" + tag,
                request.header("From"),
                request.uri("Contact"),
                request.headers("Record-Route"),
                0);
    }

    void transmit(Message message, byte[] bytes, int port) {
        if (message.isRequest() && message.method().equals("INVITE")) {
            invites.put(message.branch(), message);
        }
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same bytes once more, as a UDP phone does that heard nothing. */
    void repeats(Message message) {
        transmit(message, message.text().getBytes(StandardCharsets.UTF_8), serverPort);
    }

    int serverPort() {
        return serverPort;
    }

    // ---- hearing ----

    private void listen() {
        byte[] buffer = new byte[65_535];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
            } catch (IOException e) {
                assertThat(socket.isClosed()).as(e.toString()).isTrue();
                return;
            }
            String text = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
            Message message = new Message(text, System.nanoTime());
            if (text.trim().isEmpty()) {
                continue; // a keep-alive
            }
            heard.add(message);
            Message invite =
                    message.status() >= 300 && message.method().equals("INVITE") ? invites.get(message.branch()) : null;
            if (invite != null) {
                acknowledge(invite, message);
            }
        }
    }

    private void acknowledge(Message invite, Message refusal) {
        new Draft(this, "ACK " + invite.requestUri() + " SIP/2.0", serverPort)
                .via(invite.branch())
                .header("From", invite.header("From"))
                .header("To", refusal.header("To"))
                .header("Call-ID", invite.callId())
                .header("CSeq", invite.cseq() + " ACK")
                .header("Max-Forwards", 70)
                .send();
    }

    /** The next request of that method that the test has not been told of; a repetition is not told again. */
    Message hears(String method) {
        return hears(method, message -> message.isRequest() && message.method().equals(method));
    }

    /** The next response with that status. */
    Message hears(int status) {
        return hears(Integer.toString(status), message -> message.status() == status);
    }

    /** The next response with that status to a request of that method. */
    Message hears(int status, String method) {
        return hears(
                status + " to " + method,
                m -> m.status() == status && m.method().equals(method));
    }

    Message hears(String what, Predicate<Message> wanted) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(next(wanted))
                .as("%s waits for %s, heard so far: %s", name, what, heard)
                .isPresent());
        Message message = next(wanted).orElseThrow();
        told.add(message.text());
        return message;
    }

    private Optional<Message> next(Predicate<Message> wanted) {
        return heard.stream()
                .filter(message -> wanted.test(message) && !told.contains(message.text()))
                .findFirst();
    }

    /** Fails if a request of that method is or was heard within that time from now that the test was not told of. */
    void hearsNo(String method, Duration time) {
        silence(time, message -> message.isRequest() && message.method().equals(method));
    }

    void hearsNo(int status, Duration time) {
        silence(time, message -> message.status() == status);
    }

    private void silence(Duration time, Predicate<Message> unwanted) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .during(time)
                .atMost(time.plusSeconds(2))
                .untilAsserted(() -> assertThat(heard)
                        .noneMatch(message -> unwanted.test(message) && !told.contains(message.text())));
    }

    /** Everything it heard so far, repetitions included. */
    List<Message> heard() {
        return List.copyOf(heard);
    }

    /** Each time that very message was heard. */
    List<Message> copiesOf(Message message) {
        return heard.stream()
                .filter(other -> other.text().equals(message.text()))
                .toList();
    }

    @Override
    public void close() {
        socket.close();
    }
}
