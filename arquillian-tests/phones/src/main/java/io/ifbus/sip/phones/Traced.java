// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One SIP message on the wire, retransmissions included.
 *
 * @param at when it was received or handed to the socket
 * @param kind the method of a request, status and method of a response: {@code INVITE}, {@code 200 INVITE}
 * @param remote address and port of the far end, the ones it listens on: {@code 127.0.0.1:5060}
 * @param transaction equal for all copies of one message
 * @param text the whole message
 */
public record Traced(
        Instant at, Way way, String remote, String kind, String callId, long cseq, String transaction, String text) {

    /** Which way it went, seen from the phone. */
    public enum Way {
        SENT,
        RECEIVED
    }

    private static final Pattern WHOLE = Pattern.compile(
            "(?is)^(?=\\S+ \\S+ \\S)(?=.*\\nVia:)(?=.*\\nTo:)(?=.*\\nCall-ID:)(?=.*\\nCSeq: *\\d+ +\\w).*\r\n\r\n");

    /** From the text alone; what is no SIP message has a kind of {@code ?}. */
    static Traced of(Instant at, Way way, String remote, String text) {
        if (!WHOLE.matcher(text).find()) return new Traced(at, way, remote, "?", "", 0, text, text);
        RawMessage message = RawMessage.parse(text);
        String transaction = String.join(
                "|",
                message.callId(),
                Long.toString(message.cseq()),
                message.branch(),
                message.toTag().orElse("null"));
        return new Traced(at, way, remote, message.kind(), message.callId(), message.cseq(), transaction, text);
    }

    /** The first header of that (long) name. */
    public Optional<String> header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return text.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).trim())
                .findFirst();
    }

    /** What follows the headers; empty if nothing does. */
    public String body() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? "" : text.substring(end + 4);
    }

    boolean isAnsweredBy(Traced other) {
        boolean answers = other.kind.endsWith(" " + kind) || (kind.endsWith(" INVITE") && other.kind.equals("ACK"));
        return answers && way != other.way && callId.equals(other.callId) && cseq == other.cseq;
    }

    @Override
    public String toString() {
        return "%s %s %s (CSeq %d, %s)".formatted(at, way == Way.SENT ? "->" : "<-", kind, cseq, callId);
    }
}
