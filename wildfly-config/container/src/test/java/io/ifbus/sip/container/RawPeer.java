// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SIP peer that does nothing by itself: a UDP socket and a few templates. */
public final class RawPeer implements AutoCloseable {
    private final DatagramSocket socket;

    public RawPeer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(4 << 20);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public void send(String message, int port) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message, or null when none came in time. */
    public String receive(int millis) {
        byte[] buffer = new byte[65_535];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            socket.setSoTimeout(millis);
            socket.receive(packet);
            return new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message that begins so; others are passed over. Fails after 5 s. */
    public String await(String start) {
        return await(message -> message.startsWith(start), start);
    }

    /** The next message that begins so and belongs to that call. Fails after 5 s. */
    public String await(String start, String callId) {
        return await(
                message -> message.startsWith(start) && callId.equals(header(message, "Call-ID")),
                start + " of " + callId);
    }

    /** The next message that begins so and has that header with that value. Fails after 5 s. */
    public String await(String start, String header, String value) {
        return await(
                message -> message.startsWith(start) && value.equals(header(message, header)),
                start + " with " + header + " " + value);
    }

    /** The next 200 to that method of that call. Fails after 5 s. */
    public String awaitOk(String method, String callId) {
        return await(
                message -> message.startsWith("SIP/2.0 200")
                        && callId.equals(header(message, "Call-ID"))
                        && header(message, "CSeq").endsWith(method),
                "200 to " + method + " of " + callId);
    }

    private String await(Predicate<String> wanted, String name) {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() < deadline) {
            String message = receive(1000);
            if (message != null && wanted.test(message)) {
                return message;
            }
        }
        throw new AssertionError("no " + name + " within 5 s");
    }

    public String request(String method, int port, String callId, String toTag, int cseq, String body) {
        return method + " sip:service@127.0.0.1:" + port + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=z9hG4bK-" + callId + "-" + cseq + method + "\r\n"
                + "From: <sip:raw@127.0.0.1:" + port() + ">;tag=raw\r\n"
                + "To: <sip:service@127.0.0.1:" + port + ">" + (toTag == null ? "" : ";tag=" + toTag) + "\r\n"
                + "Call-ID: " + callId + "\r\nCSeq: " + cseq + " " + method + "\r\nMax-Forwards: 70\r\n"
                + "Contact: <sip:raw@127.0.0.1:" + port() + ">\r\n"
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** An answer to a request that came in, with our tag and Contact. */
    public String response(String request, int status, String reason, String body) {
        StringBuilder response = new StringBuilder("SIP/2.0 " + status + " " + reason + "\r\n");
        for (String line : request.split("\r\n\r\n", 2)[0].split("\r\n")) {
            String name = line.split(":", 2)[0].toLowerCase(java.util.Locale.ROOT);
            switch (name) {
                case "via", "from", "call-id", "cseq", "record-route" ->
                    response.append(line).append("\r\n");
                case "to" ->
                    response.append(line)
                            .append(line.contains(";tag=") || status == 100 ? "" : ";tag=raw-uas")
                            .append("\r\n");
                default -> {}
            }
        }
        return response.append("Contact: <sip:raw@127.0.0.1:" + port() + ">\r\n")
                .append(body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                .append("Content-Length: " + body.length() + "\r\n\r\n" + body)
                .toString();
    }

    /** A BYE from the party that was called by {@code invite} and answered it. */
    public String byeTo(String invite) {
        String target = header(invite, "Contact").replaceAll("^.*<|>.*$", "");
        return "BYE " + target + " SIP/2.0\r\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=z9hG4bK-bye-"
                + header(invite, "Call-ID").replace('@', '-') + "\r\n"
                + "From: " + header(invite, "To") + ";tag=raw-uas\r\n"
                + "To: " + header(invite, "From") + "\r\n"
                + "Call-ID: " + header(invite, "Call-ID") + "\r\nCSeq: 1 BYE\r\nMax-Forwards: 70\r\n"
                + "Content-Length: 0\r\n\r\n";
    }

    public static String header(String message, String name) {
        Matcher matcher =
                Pattern.compile("(?im)^" + name + "[ \t]*:[ \t]*(.*?)\r?$").matcher(message);
        return matcher.find() ? matcher.group(1) : null;
    }

    public static String toTag(String message) {
        Matcher matcher = Pattern.compile(";tag=([^;\\s]+)").matcher(header(message, "To"));
        return matcher.find() ? matcher.group(1) : null;
    }

    @Override
    public void close() {
        socket.close();
    }
}
