// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes invalid messages of valid ones, the same ones for the same seed. */
final class Mutator {
    private static final int LARGEST_DATAGRAM = 60_000;
    private static final int MOST_CHANGES = 3;
    private static final List<String> METHODS = List.of(
            "INVITE",
            "OPTIONS",
            "REGISTER",
            "BYE",
            "ACK",
            "CANCEL",
            "PRACK",
            "UPDATE",
            "INFO",
            "SUBSCRIBE",
            "NOTIFY",
            "REFER",
            "MESSAGE",
            "PUBLISH");
    private static final List<String> HUGE = List.of(
            "4294967296", "-1", "99999999999999999999", "18446744073709551616", "0", "2147483648", "1e9", "NaN");
    private static final List<String> ODD = List.of(
            "\u0000",
            "\t",
            "\r",
            "\n",
            "\r\n",
            "\r\n ",
            "\"",
            "<",
            ">",
            ";",
            ",",
            "%",
            "%00",
            "%zz",
            "@",
            ":",
            "//",
            "\\",
            "\u00e9",
            "\ud83d\ude00",
            "\u200b",
            "[",
            "]",
            "=",
            "?",
            "&",
            "*",
            "\u007f");
    private static final List<String> NAMES = List.of(
            "Via",
            "From",
            "To",
            "Call-ID",
            "CSeq",
            "Contact",
            "Max-Forwards",
            "Route",
            "Record-Route",
            "Require",
            "RAck",
            "RSeq",
            "Expires",
            "Content-Type",
            "Content-Length",
            "Event",
            "Refer-To",
            "Replaces",
            "Join",
            "Accept",
            "Subscription-State",
            "Date",
            "Authorization",
            "Allow",
            "Supported",
            "Retry-After",
            "Content-Disposition");

    private final Random random;

    Mutator(long seed) {
        random = new Random(seed);
    }

    /** The next message, as the peer would send it to the server. */
    byte[] next(Server server, Peer peer, boolean datagram) {
        byte[] bytes = valid(server, peer).toString().getBytes(StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return datagram && bytes.length > LARGEST_DATAGRAM ? Arrays.copyOf(bytes, LARGEST_DATAGRAM) : bytes;
    }

    private Message valid(Server server, Peer peer) {
        Call call = Call.to(server, peer);
        String method = METHODS.get(random.nextInt(METHODS.size()));
        Message message = call.request(method)
                .add("Event", "presence")
                .add("Refer-To", "<sip:third@127.0.0.1>")
                .add("RAck", "1 1 INVITE");
        if (random.nextInt(4) == 0) {
            message = message.change("To", to -> to + ";tag=" + Integer.toHexString(random.nextInt()));
        }
        if (random.nextInt(6) == 0) {
            message = peer.response(message, 100 + random.nextInt(600));
        }
        return random.nextBoolean() ? message.body("application/sdp", Call.SDP) : message;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = random.nextInt(text.length() + 1);
        return switch (random.nextInt(11)) {
            case 0 -> flipped(bytes);
            case 1 -> Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length)); // cut short
            case 2 -> latin(text.substring(0, at) + text.substring(random.nextInt(at + 1))); // a part twice
            case 3 -> (text.substring(0, at) + one(ODD) + text.substring(at)).getBytes(StandardCharsets.UTF_8);
            case 4 -> latin(number(text));
            case 5 -> latin(line(text, line -> line + "\r\n" + line));
            case 6 -> latin(line(text, line -> ""));
            case 7 -> latin(line(text, line -> line.replaceAll("([:;, ])", "$1\r\n \t")));
            case 8 -> latin(line(text, line -> line.split(":", 2)[0] + ": " + "x".repeat(random.nextInt(20_000))));
            case 9 -> latin(line(text, line -> line + "\r\n" + one(NAMES) + ": " + one(HUGE) + one(ODD)));
            default -> latin(text.replaceFirst("Content-Length: \\d+", "Content-Length: " + random.nextInt(70_000)));
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int count = 1 + random.nextInt(5); count > 0 && changed.length > 0; count--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private String number(String text) {
        String[] parts = text.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)");
        int chosen = random.nextInt(parts.length);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[(chosen + i) % parts.length];
            if (!part.isEmpty() && Character.isDigit(part.charAt(0))) {
                parts[(chosen + i) % parts.length] = one(HUGE);
                break;
            }
        }
        return String.join("", parts);
    }

    private String line(String text, java.util.function.UnaryOperator<String> change) {
        String[] lines = text.split("\r\n", -1);
        int chosen = random.nextInt(lines.length);
        lines[chosen] = change.apply(lines[chosen]);
        return String.join("\r\n", lines);
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
