// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The server's side of the opening handshake (RFC 6455 section 4.2), for the subprotocol {@code sip} alone. */
public final class WebSocketHandshake {
    private static final int LIMIT = 16_384;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketHandshake() {}

    /**
     * Reads the request and answers it.
     *
     * @throws WireException if it is refused; the client has been told why
     */
    public static void accept(InputStream in, MessageSource.Link link) throws IOException {
        String[] lines = readHead(in).split("\r\n", -1);
        Map<String, String> headers = headers(lines);
        String key = headers.getOrDefault("sec-websocket-key", "");
        if (!lines[0].matches("GET \\S+ HTTP/1\\.[1-9]")) {
            throw refuse(link, "400 Bad Request", "", "not an HTTP GET");
        }
        if (!has(headers, "upgrade", "websocket") || !has(headers, "connection", "upgrade") || !isKey(key)) {
            throw refuse(link, "400 Bad Request", "", "not a WebSocket handshake");
        }
        if (!"13".equals(headers.get("sec-websocket-version"))) {
            throw refuse(link, "426 Upgrade Required", "Sec-WebSocket-Version: 13\r\n", "another WebSocket version");
        }
        if (!has(headers, "sec-websocket-protocol", "sip")) { // RFC 7118 section 4.1
            throw refuse(link, "400 Bad Request", "", "the WebSocket subprotocol sip is not offered");
        }
        link.send(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + acceptOf(key) + "\r\nSec-WebSocket-Protocol: sip\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(512);
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0) {
                throw new WireException(Reject.HANDSHAKE, "the connection ended inside the WebSocket handshake");
            }
            head.write(b);
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
            if (head.size() > LIMIT) {
                throw new WireException(Reject.HANDSHAKE, "a WebSocket handshake of more than " + LIMIT + " bytes");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.merge(
                        lines[i].substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).trim(),
                        (first, second) -> first + "," + second);
            }
        }
        return headers;
    }

    private static boolean has(Map<String, String> headers, String name, String token) {
        return Arrays.stream(headers.getOrDefault(name, "").split(","))
                .anyMatch(value -> value.trim().equalsIgnoreCase(token));
    }

    private static boolean isKey(String key) {
        return key.matches("[A-Za-z0-9+/]{22}==");
    }

    private static String acceptOf(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static WireException refuse(MessageSource.Link link, String status, String more, String reason)
            throws IOException {
        link.send(("HTTP/1.1 " + status + "\r\n" + more
                        + "Connection: close\r\nContent-Type: text/plain\r\nContent-Length: " + (reason.length() + 2)
                        + "\r\n\r\n" + reason + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return new WireException(Reject.HANDSHAKE, reason);
    }
}
