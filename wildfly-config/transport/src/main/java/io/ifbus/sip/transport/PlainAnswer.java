// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A response to a request that no transaction is made for, written from the request's lines as they came (RFC 3261
 * section 8.2.6): it cannot be parsed, or nobody has time to do so.
 */
public final class PlainAnswer {
    /** The To tag of such a response begins so: the ACK that it brings is for nobody. */
    static final String TAG = "ifp-";

    private static final Map<String, String> NAMES = Map.of(
            "via", "Via", "v", "Via", "from", "From", "f", "From", "to", "To", "t", "To", "call-id", "Call-ID", "i",
            "Call-ID", "cseq", "CSeq");
    private static final List<String> ONCE = List.of("From", "To", "Call-ID", "CSeq");

    private PlainAnswer() {}

    /** The 400, or null when the bytes are no request, an ACK, or lack what a response must repeat. */
    public static byte[] badRequest(byte[] request, InetSocketAddress source) {
        return to(request, source, "400 Bad Request", "");
    }

    /** The 503, or null as above. */
    static byte[] unavailable(byte[] request, InetSocketAddress source, int retryAfterSeconds) {
        return to(request, source, "503 Service Unavailable", "Retry-After: " + retryAfterSeconds + "\r\n");
    }

    private static byte[] to(byte[] request, InetSocketAddress source, String status, String more) {
        String[] lines = head(request);
        String[] requestLine = lines[0].split(" ", 2);
        if (requestLine.length < 2 || lines[0].startsWith("SIP/") || requestLine[0].equals("ACK")) {
            return null; // only requests are answered, and never an ACK
        }
        List<String> vias = new ArrayList<>();
        Map<String, String> others = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            collect(lines[i], vias, others);
        }
        if (vias.isEmpty() || !others.keySet().containsAll(ONCE)) {
            return null;
        }
        vias.set(0, ViaTarget.marked(vias.get(0), source));
        return write(status, vias, others, more).getBytes(StandardCharsets.UTF_8);
    }

    /** The lines before the body, with folded ones made whole (section 7.3.1). */
    private static String[] head(byte[] request) {
        String text = new String(request, StandardCharsets.UTF_8);
        return text.split("\\r?\\n\\r?\\n", 2)[0]
                .replaceAll("\\r?\\n[ \\t]+", " ")
                .split("\\r?\\n");
    }

    private static void collect(String line, List<String> vias, Map<String, String> others) {
        int colon = line.indexOf(':');
        String name =
                colon < 0 ? null : NAMES.get(line.substring(0, colon).trim().toLowerCase(Locale.ROOT));
        if (name == null) {
            return;
        }
        String value = line.substring(colon + 1).trim();
        if (name.equals("Via")) {
            vias.add(value);
        } else {
            others.putIfAbsent(name, value);
        }
    }

    private static String write(String status, List<String> vias, Map<String, String> others, String more) {
        StringBuilder response = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        vias.forEach(via -> response.append("Via: ").append(via).append("\r\n"));
        for (String name : ONCE) {
            response.append(name).append(": ").append(others.get(name));
            if (name.equals("To") && !others.get(name).contains(";tag=")) {
                response.append(";tag=")
                        .append(TAG)
                        .append(Integer.toHexString(others.hashCode())); // as for a repetition
            }
            response.append("\r\n");
        }
        return response.append(more).append("Content-Length: 0\r\n\r\n").toString();
    }
}
