// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A SIP message as text: what a {@link RawPeer} takes and gives. Immutable; header names are long ones, compared without
 * case.
 *
 * @param startLine the request or status line
 * @param headers the header lines in their order, each {@code Name: value}
 * @param body empty if there is none
 */
public record RawMessage(String startLine, List<String> headers, String body) {

    public RawMessage {
        headers = List.copyOf(headers);
    }

    /** @throws IllegalArgumentException if it is not even a start line and headers */
    public static RawMessage parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) throw new IllegalArgumentException("no SIP message: " + text);
        List<String> lines = text.substring(0, end).lines().toList();
        return new RawMessage(lines.get(0), lines.subList(1, lines.size()), text.substring(end + 4));
    }

    // ---- what it says ----

    public boolean isRequest() {
        return !startLine.startsWith("SIP/2.0 ");
    }

    /** The method, of a response the one in CSeq. */
    public String method() {
        return isRequest() ? startLine.split(" ")[0] : cseqParts()[1];
    }

    /** @throws IllegalArgumentException if it is a request */
    public int status() {
        if (isRequest()) throw new IllegalArgumentException("not a response: " + startLine);
        return Integer.parseInt(startLine.split(" ")[1]);
    }

    /** The method of a request, status and method of a response. */
    public String kind() {
        return isRequest() ? method() : status() + " " + method();
    }

    public String requestUri() {
        return startLine.split(" ")[1];
    }

    public long cseq() {
        return Long.parseLong(cseqParts()[0]);
    }

    private String[] cseqParts() {
        return header("CSeq").split("\\s+");
    }

    public String callId() {
        return header("Call-ID");
    }

    public String branch() {
        return parameter(header("Via"), "branch").orElse("");
    }

    public Optional<String> fromTag() {
        return parameter(header("From"), "tag");
    }

    public Optional<String> toTag() {
        return parameter(header("To"), "tag");
    }

    /** The URI of the Contact header. */
    public String contact() {
        return header("Contact").replaceFirst("^[^<]*<([^>]*)>.*$", "$1");
    }

    /**
     * The first header of that name.
     *
     * @throws AssertionError if there is none
     */
    public String header(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no " + name + " in\n" + this));
    }

    public Optional<String> find(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return headers.stream()
                .filter(named(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .toList();
    }

    static Optional<String> parameter(String value, String name) {
        for (String part : value.substring(value.lastIndexOf('>') + 1).split(";"))
            if (part.trim().startsWith(name + "="))
                return Optional.of(part.trim().substring(name.length() + 1));
        return Optional.empty();
    }

    // ---- what else it could say ----

    public RawMessage startLine(String other) {
        return new RawMessage(other, headers, body);
    }

    /** With this header in the place of all of that name, or at the end. */
    public RawMessage with(String name, String value) {
        List<String> changed = new ArrayList<>();
        boolean done = false;
        for (String line : headers) {
            if (!named(name).test(line)) changed.add(line);
            else if (!done) {
                changed.add(name + ": " + value);
                done = true;
            }
        }
        if (!done) changed.add(name + ": " + value);
        return new RawMessage(startLine, changed, body);
    }

    /** With one more header. */
    public RawMessage adding(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new RawMessage(startLine, more, body);
    }

    public RawMessage without(String name) {
        return new RawMessage(
                startLine, headers.stream().filter(named(name).negate()).toList(), body);
    }

    public RawMessage toTag(String tag) {
        return with("To", header("To").replaceFirst(";tag=[^;]*", "") + ";tag=" + tag);
    }

    public RawMessage body(String type, String text) {
        return new RawMessage(startLine, with("Content-Type", type).headers, text);
    }

    /** With a session description. */
    public RawMessage sdp(Sdp description) {
        return body("application/sdp", description.toString());
    }

    private static Predicate<String> named(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return line -> line.toLowerCase(Locale.ROOT).startsWith(start);
    }

    /** As it goes on the wire, with the right Content-Length at the end of the headers. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        without("Content-Length").headers.forEach(line -> text.append(line).append("\r\n"));
        return text.append("Content-Length: ")
                .append(body.getBytes(UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }
}
