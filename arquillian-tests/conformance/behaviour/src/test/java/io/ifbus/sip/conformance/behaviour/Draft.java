// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A message of a phone that is being written. The headers given first stand first. */
final class Draft {
    private static final AtomicInteger BRANCHES = new AtomicInteger();

    private final Phone phone;
    private String startLine;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = {};
    private int port;

    Draft(Phone phone, String startLine, int port) {
        this.phone = phone;
        this.startLine = startLine;
        this.port = port;
    }

    static String newBranch() {
        return "z9hG4bK-phone-" + BRANCHES.incrementAndGet();
    }

    Draft via(String branch) {
        return header("Via", "SIP/2.0/UDP 127.0.0.1:" + phone.port() + ";branch=" + branch);
    }

    Draft requestUri(String uri) {
        String[] parts = startLine.split(" ");
        startLine = parts[0] + " " + uri + " SIP/2.0";
        return this;
    }

    /** One more header. */
    Draft header(String name, Object value) {
        headers.add(name + ": " + value);
        return this;
    }

    /** That header instead of all of its name. */
    Draft with(String name, Object value) {
        return without(name).header(name, value);
    }

    Draft without(String name) {
        headers.removeIf(line ->
                line.toLowerCase(java.util.Locale.ROOT).startsWith(name.toLowerCase(java.util.Locale.ROOT) + ":"));
        return this;
    }

    Draft body(String type, String content) {
        return body(type, content, StandardCharsets.UTF_8);
    }

    Draft body(String type, String content, Charset charset) {
        body = content.getBytes(charset);
        return with("Content-Type", type);
    }

    /** To that port of this machine instead of the server's. */
    Draft sentTo(int otherPort) {
        port = otherPort;
        return this;
    }

    /** Sends it, and returns what was sent. */
    Message send() {
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        headers.forEach(line -> text.append(line).append("\r\n"));
        text.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] head = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        Message message = new Message(new String(all, StandardCharsets.UTF_8), System.nanoTime());
        phone.transmit(message, all, port);
        return message;
    }
}
