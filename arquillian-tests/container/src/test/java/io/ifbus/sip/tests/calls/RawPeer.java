// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;

/** A UDP socket that takes SIP requests and answers only what the story says: what no phone would do. */
final class RawPeer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DatagramSocket socket;
    private final byte[] buffer = new byte[65535];
    private SocketAddress sender;
    private String invite = "";
    private String request = "";

    RawPeer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    String uri() {
        return "sip:peer@127.0.0.1:" + socket.getLocalPort();
    }

    /** Waits for a request, past copies of earlier ones, and keeps it to be answered. */
    RawPeer hears(String method) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (receives(PATIENCE) && request.startsWith(method + " ")) return this;
        }
        throw new AssertionError("no " + method + " came; the last request was\n" + request);
    }

    /** Nothing but copies of this request comes for a while. */
    RawPeer hearsOnly(String method, Duration during) {
        long end = System.nanoTime() + during.toNanos();
        for (long left = during.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (receives(Duration.ofNanos(left)) && !request.startsWith(method + " "))
                throw new AssertionError("came too early:\n" + request);
        }
        return this;
    }

    /** Answers the request heard last. */
    RawPeer answers(int status, String phrase) {
        return answers(request, status, phrase);
    }

    /** Answers the INVITE heard last, whatever came after it. */
    RawPeer answersInvite(int status, String phrase) {
        return answers(invite, status, phrase);
    }

    private RawPeer answers(String asked, int status, String phrase) {
        String copied = asked.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.matches("(?i)(via|from|to|call-id|cseq):.*"))
                .map(line -> status > 100 && line.matches("(?i)to:(?!.*;tag=).*") ? line + ";tag=peer" : line)
                .collect(Collectors.joining("\r\n"));
        String response = "SIP/2.0 " + status + " " + phrase + "\r\n" + copied + "\r\nContact: <" + uri()
                + ">\r\nContent-Length: 0\r\n\r\n";
        byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, sender));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private boolean receives(Duration limit) {
        try {
            socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            socket.receive(packet);
            sender = packet.getSocketAddress();
            request = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (request.startsWith("INVITE ")) invite = request;
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
