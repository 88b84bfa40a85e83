// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.management;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** One question over a connection, and the first line of its answer. */
final class Options {
    private Options() {}

    /** Asks by OPTIONS of SIP. */
    static String over(Socket socket) throws IOException {
        String id = UUID.randomUUID().toString();
        return ask(
                socket,
                "OPTIONS sip:echo@127.0.0.1 SIP/2.0",
                "Via: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bK" + id,
                "From: <sip:client@127.0.0.1>;tag=" + id,
                "To: <sip:echo@127.0.0.1>",
                "Call-ID: " + id,
                "CSeq: 1 OPTIONS",
                "Max-Forwards: 70",
                "Content-Length: 0");
    }

    /** Asks for a WebSocket that carries SIP (RFC 7118 section 3). */
    static String upgradeOver(Socket socket) throws IOException {
        return ask(
                socket,
                "GET / HTTP/1.1",
                "Host: 127.0.0.1",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: sip",
                "Sec-WebSocket-Version: 13");
    }

    private static String ask(Socket socket, String... lines) throws IOException {
        String question = String.join("\r\n", lines) + "\r\n\r\n";
        socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
        BufferedReader answer =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        String first = answer.readLine();
        if (first == null) {
            throw new IOException("the server closed the connection");
        }
        return first;
    }
}
