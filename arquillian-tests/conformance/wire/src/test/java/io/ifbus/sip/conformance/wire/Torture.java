// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Remains;
import io.ifbus.sip.spi.MessageTap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletRequest;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Sends the messages of RFC 4475 to a server as they are, over UDP and over TCP, and notes what becomes of each.
 * Messages of one branch go one after the other, each when the server is at rest again.
 */
final class Torture {
    /** What became of one message. */
    static final class Outcome {
        final List<Message> answers = new CopyOnWriteArrayList<>();
        final List<SipServletRequest> reached = new CopyOnWriteArrayList<>();
        volatile boolean closed;

        /** The status of the final response, 0 when there was none. */
        int status() {
            return answers.stream()
                    .mapToInt(Message::status)
                    .filter(s -> s >= 200)
                    .findFirst()
                    .orElse(0);
        }

        Message answer() {
            return answers.stream().filter(m -> m.status() >= 200).findFirst().orElseThrow();
        }

        SipServletRequest request() {
            return reached.get(0);
        }

        @Override
        public String toString() {
            return answers.stream().map(Message::start).toList() + ", reached " + reached.size()
                    + (closed ? ", closed" : "");
        }
    }

    private static final Duration ANSWERED = Duration.ofMillis(400);
    private static final String FOLDER = "/rfc4475/";

    private final Server server;
    private final Map<String, byte[]> corpus = new TreeMap<>();
    private final Map<String, Outcome> byCallId = new ConcurrentHashMap<>();
    private final List<String> left = new ArrayList<>();
    private final Map<String, Outcome> outcomes = new TreeMap<>();

    Torture(Server server) throws Exception {
        this.server = server;
        Path folder = Path.of(Torture.class.getResource(FOLDER).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".dat")).toList()) {
                corpus.put(file.getFileName().toString().replace(".dat", ""), Files.readAllBytes(file));
            }
        }
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Torture.class.getResourceAsStream(FOLDER + name + ".dat")) {
            return in.readAllBytes();
        }
    }

    Set<String> names() {
        return corpus.keySet();
    }

    /** What was left of messages twelve seconds after they were sent. */
    List<String> left() {
        return left;
    }

    Outcome outcome(String name, String transport) {
        return outcomes.get(name + " " + transport);
    }

    /** What reached the application, for its script. */
    void reached(SipServletRequest request) {
        Outcome outcome = byCallId.get(request.getCallId());
        if (outcome != null) {
            outcome.reached.add(request);
        }
    }

    void sendAll() throws Exception {
        MessageTap tap = (direction, transport, local, remote, bytes) -> {
            if (direction == MessageTap.Direction.SENT) {
                Message sent =
                        Message.parse(StandardCharsets.UTF_8.decode(bytes).toString());
                Outcome outcome = sent.callId() == null ? null : byCallId.get(sent.callId());
                if (outcome != null) {
                    outcome.answers.add(sent);
                }
            }
        };
        server.test().server.add(tap);
        for (String transport : List.of("UDP", "TCP")) {
            List<String> waiting = new ArrayList<>(corpus.keySet());
            while (!waiting.isEmpty()) {
                wave(waiting, transport);
            }
        }
        server.test().server.remove(tap);
    }

    /** Sends those that have a branch of their own, and takes them from the list. */
    private void wave(List<String> waiting, String transport) throws Exception {
        Set<String> branches = new HashSet<>();
        List<String> wave =
                waiting.stream().filter(name -> branches.add(branch(name))).toList();
        waiting.removeAll(wave);
        Map<String, Peer> peers = new TreeMap<>();
        for (String name : wave) {
            Outcome outcome = new Outcome();
            outcomes.put(name + " " + transport, outcome);
            byCallId.put(callId(name), outcome);
            Peer peer = transport.equals("UDP") ? server.udp() : server.tcp();
            peers.put(name, peer);
            peer.send(corpus.get(name));
        }
        await().pollDelay(ANSWERED).until(() -> true);
        for (Map.Entry<String, Peer> peer : peers.entrySet()) {
            finish(peer.getKey(), peer.getValue(), outcomes.get(peer.getKey() + " " + transport));
        }
        awaitRest(wave, transport);
        for (Peer peer : peers.values()) {
            peer.close();
        }
    }

    /** Acknowledges what was refused, and says that nothing more will come. */
    private void finish(String name, Peer peer, Outcome outcome) throws Exception {
        Message message = Message.parse(text(name));
        if (message.start().startsWith("INVITE") && outcome.status() >= 300) {
            Message ack = Call.ackOf(message, outcome.answer())
                    .with("Via", message.values("Via").get(0));
            if (peer instanceof TcpPeer stream) {
                stream.offer(ack.toString().getBytes(StandardCharsets.UTF_8)); // the server may have closed it
            } else {
                peer.send(ack);
            }
        }
        if (peer instanceof TcpPeer stream) {
            stream.finish();
            outcome.closed = stream.isClosedByServer(5);
        }
    }

    private void awaitRest(List<String> wave, String transport) {
        try {
            await().atMost(Duration.ofSeconds(12)).until(() -> {
                Remains now = server.remains();
                return now.applicationSessions()
                                + now.sipSessions()
                                + now.timers()
                                + now.queueNames()
                                + now.transactions()
                        == 0;
            });
        } catch (ConditionTimeoutException e) {
            left.add(server.remains() + " after " + wave + " over " + transport);
        }
    }

    /** The Contact that the application saw. */
    Address contact(Outcome outcome) {
        try {
            return outcome.request().getAddressHeader("Contact");
        } catch (ServletParseException e) {
            throw new AssertionError(e);
        }
    }

    String text(String name) {
        return new String(corpus.get(name), StandardCharsets.UTF_8);
    }

    private String branch(String name) {
        return text(name).replaceAll("(?s)^.*?branch[ =]*([^;\\s]+).*$", "$1");
    }

    private String callId(String name) {
        return Message.parse(text(name)).callId();
    }
}
