// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A SIP peer that does nothing by itself: it sends what it is given and keeps what it hears, in order. */
abstract class Peer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    /** UDP or TCP, as a Via spells it. */
    abstract String transport();

    abstract int port();

    abstract void send(byte[] bytes) throws IOException;

    @Override
    public abstract void close() throws IOException;

    final void take(byte[] bytes) {
        heard.add(Message.parse(new String(bytes, StandardCharsets.UTF_8)));
    }

    final Peer send(Message message) throws IOException {
        send(message.toString().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    static String unique(String prefix) {
        return prefix + "-" + NUMBER.incrementAndGet() + "-" + Long.toHexString(System.nanoTime());
    }

    /** A Via of this peer with a branch of its own. */
    final String via() {
        return "SIP/2.0/" + transport() + " 127.0.0.1:" + port() + ";branch=" + unique("z9hG4bK");
    }

    final String contact() {
        return contact("peer");
    }

    final String contact(String user) {
        return "<" + uri(user) + ">";
    }

    final String uri(String user) {
        return "sip:" + user + "@127.0.0.1:" + port() + (transport().equals("UDP") ? "" : ";transport=tcp");
    }

    /** The next message that is so; those before it are passed over. Fails after 10 s. */
    final Message await(String what, Predicate<Message> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> others = new ArrayList<>();
        try {
            while (true) {
                Message message = heard.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (message == null) {
                    throw new AssertionError("no " + what + " in time, only " + others);
                } else if (wanted.test(message)) {
                    return message;
                }
                others.add(message.start() + " (" + message.header("CSeq") + ")");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The next message that is so, or null if none comes in time; those before it are passed over. */
    final Message poll(Duration time, Predicate<Message> wanted) {
        long end = System.nanoTime() + time.toNanos();
        try {
            Message message = heard.poll(time.toNanos(), TimeUnit.NANOSECONDS);
            while (message != null && !wanted.test(message)) {
                message = heard.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    final Message awaitRequest(String method) {
        return await(method, m -> m.status() == 0 && m.method().equals(method));
    }

    final Message awaitResponse(int status, String method) {
        return await(
                status + " to " + method,
                m -> m.status() == status && m.method().equals(method));
    }

    /** The same of one call. */
    final Message awaitResponse(int status, Message request) {
        return await(
                status + " to " + request.start(),
                m -> m.status() == status
                        && m.method().equals(request.method())
                        && m.callId().equals(request.callId()));
    }

    /** The next final response to that method. */
    final Message awaitFinal(String method) {
        return await(
                "final response to " + method,
                m -> m.status() >= 200 && m.method().equals(method));
    }

    /** All that is heard from now on for so long, and what waited before. */
    final List<Message> hear(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        List<Message> all = new ArrayList<>();
        try {
            Message message = heard.poll(time.toNanos(), TimeUnit.NANOSECONDS);
            while (message != null) {
                all.add(message);
                message = heard.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        return all;
    }

    /** A response of this peer to a request that it heard; with a To tag, unless there is one or it is a 100. */
    final Message response(Message request, int status, String tag) {
        Message response = Message.of("SIP/2.0 " + status + " Test");
        for (Message.Field field : request.fields()) {
            if (field.is("Via") || field.is("From") || field.is("Call-ID") || field.is("CSeq")) {
                response = response.add(field.name(), field.value());
            } else if (field.is("Record-Route")) {
                response = response.add(field.name(), field.value());
            } else if (field.is("To")) {
                boolean tagged = field.value().contains("tag=") || status == 100;
                response = response.add("To", field.value() + (tagged ? "" : ";tag=" + tag));
            }
        }
        return response.add("Contact", contact());
    }

    final Message response(Message request, int status) {
        return response(request, status, "peer-" + request.callId().replaceAll("\\W", ""));
    }

    final void answer(Message request, int status) throws IOException {
        send(response(request, status));
    }
}
