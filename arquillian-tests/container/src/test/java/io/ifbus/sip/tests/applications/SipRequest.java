// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** One request outside of any dialog, by UDP to a server on this machine. */
final class SipRequest {
    private static final int PATIENCE_MS = 10_000;
    private static final int RESEND_MS = 1_000;

    private final String method;
    private final int port;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private SipRequest(String method, int port) {
        this.method = method;
        this.port = port;
    }

    static SipRequest of(String method, int port) {
        return new SipRequest(method, port);
    }

    SipRequest with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** The final answer, first the status line. A request that is lost is sent again. */
    String answer(String uri) {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] message = message(uri, socket.getLocalPort()).getBytes(StandardCharsets.UTF_8);
            socket.setSoTimeout(RESEND_MS);
            for (long end = System.currentTimeMillis() + PATIENCE_MS; System.currentTimeMillis() < end; ) {
                socket.send(new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), port));
                String answer = finalAnswer(socket);
                if (answer != null) {
                    return answer;
                }
            }
            throw new AssertionError("no answer to " + method + " " + uri);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same over a connection of its own; the head alone. */
    String answerByTcp(String uri) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            String request = message(uri, socket.getLocalPort()).replace("SIP/2.0/UDP", "SIP/2.0/TCP");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            while (true) {
                StringBuilder head = new StringBuilder();
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.append(line).append("\r\n");
                }
                if (!head.toString().startsWith("SIP/2.0 1")) {
                    return head.toString();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String finalAnswer(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
        try {
            while (true) {
                socket.receive(packet);
                String answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (!answer.startsWith("SIP/2.0 1")) {
                    return answer;
                }
            }
        } catch (java.net.SocketTimeoutException e) {
            return null; // it is sent again
        }
    }

    private String message(String uri, int local) {
        StringBuilder text = new StringBuilder(method + " " + uri + " SIP/2.0\r\n");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Via", "SIP/2.0/UDP 127.0.0.1:" + local + ";branch=z9hG4bK" + UUID.randomUUID());
        all.put("Max-Forwards", "70");
        all.put("From", "<sip:tester@127.0.0.1:" + local + ">;tag=" + UUID.randomUUID());
        all.put("To", "<" + uri + ">");
        all.put("Call-ID", UUID.randomUUID().toString());
        all.put("CSeq", "1 " + method);
        all.put("Contact", "<sip:tester@127.0.0.1:" + local + ">");
        all.putAll(headers);
        all.put("Content-Length", "0");
        all.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString();
    }

    /** The value of a header of an answer, or null. */
    static String header(String answer, String name) {
        return answer.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }
}
