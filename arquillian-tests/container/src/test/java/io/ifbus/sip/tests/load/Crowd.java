// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Any number of obedient phones behind one UDP socket: they answer each INVITE and what follows at once, agree to each
 * offer, and never say anything of their own will. Equal requests get equal answers, so copies do no harm.
 */
final class Crowd implements AutoCloseable {
    private static final int LARGEST = 65_535;

    private final DatagramSocket socket;
    private final Thread thread;
    private final Set<String> up = ConcurrentHashMap.newKeySet();
    private final Map<String, String> unacknowledged = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> heard = new ConcurrentHashMap<>();

    Crowd() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setReceiveBufferSize(4 << 20);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread(this::listen, "crowd");
        thread.setDaemon(true);
        thread.start();
    }

    String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + socket.getLocalPort();
    }

    /** How many dialogs are up. */
    int talking() {
        return up.size();
    }

    /** 2xx whose ACK has not come, by Call-ID and CSeq. */
    Set<String> unacknowledged() {
        return unacknowledged.keySet();
    }

    /** How many requests of this method came, copies included. */
    long heard(String method) {
        return heard.getOrDefault(method, new AtomicLong()).get();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void listen() {
        byte[] buffer = new byte[LARGEST];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
                if (!text.isBlank() && !text.startsWith("SIP/2.0")) answer(new Request(text), packet);
            } catch (IOException e) {
                if (!socket.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private void answer(Request request, DatagramPacket packet) throws IOException {
        heard.computeIfAbsent(request.method(), m -> new AtomicLong()).incrementAndGet();
        String transaction = request.header("call-id") + " " + request.cseq();
        switch (request.method()) {
            case "INVITE" -> {
                if (!request.header("to").contains("tag=")) send(packet, request.response("180 Ringing", ""));
                up.add(request.header("call-id"));
                unacknowledged.put(transaction, "");
                send(packet, request.response("200 OK", request.description()));
            }
            case "ACK" -> unacknowledged.remove(transaction);
            case "BYE" -> {
                up.remove(request.header("call-id"));
                send(packet, request.response("200 OK", ""));
            }
            default -> send(packet, request.response("200 OK", ""));
        }
    }

    private void send(DatagramPacket to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    /** A request, cut into what an answer needs. */
    private final class Request {
        private final String text;
        private final String[] lines;

        Request(String text) {
            this.text = text;
            this.lines = text.split("\r\n\r\n", 2)[0].split("\r\n");
        }

        String method() {
            return lines[0].split(" ", 2)[0];
        }

        String header(String name) {
            for (String line : lines) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                    return line.substring(name.length() + 1).trim();
            }
            return "";
        }

        String cseq() {
            return header("cseq").split(" ")[0];
        }

        /** The answer to its offer, directions mirrored; an offer if it has none. */
        String description() {
            String direction = text.contains("a=inactive")
                    ? "inactive"
                    : text.contains("a=sendonly") ? "recvonly" : text.contains("a=recvonly") ? "sendonly" : "sendrecv";
            return String.join(
                    "\r\n",
                    "v=0",
                    "o=crowd 1 " + cseq() + " IN IP4 127.0.0.1",
                    "s=-",
                    "c=IN IP4 127.0.0.1",
                    "t=0 0",
                    "m=audio 9 RTP/AVP 0",
                    "a=" + direction,
                    "");
        }

        String response(String status, String body) {
            String kept = java.util.Arrays.stream(lines)
                    .skip(1)
                    .filter(line -> line.matches("(?i)(via|from|call-id|cseq|record-route):.*"))
                    .collect(Collectors.joining("\r\n"));
            String to = header("to");
            String tag = to.contains("tag=")
                    ? ""
                    : ";tag=c" + Integer.toHexString(header("call-id").hashCode());
            return "SIP/2.0 " + status + "\r\n" + kept + "\r\nTo: " + to + tag + "\r\nContact: <" + uri("crowd")
                    + ">\r\nAllow: INVITE, ACK, CANCEL, BYE, INFO, UPDATE\r\n"
                    + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: "
                    + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
        }
    }
}
