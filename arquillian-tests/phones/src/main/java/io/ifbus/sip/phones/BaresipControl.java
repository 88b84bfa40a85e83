// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Baresip's {@code ctrl_tcp}: JSON objects as netstrings, commands there, responses and events back. */
final class BaresipControl implements AutoCloseable {

    private static final int LONGEST = 1 << 20;

    private final Socket socket;
    private final Watch watch;
    private final Consumer<Map<String, Object>> events;

    // Guarded by the watch.
    private final Map<String, Map<String, Object>> responses = new HashMap<>();
    private boolean over;
    private int commands;

    /** @param events told of each event, on a thread of its own */
    BaresipControl(Socket socket, Watch watch, Consumer<Map<String, Object>> events) {
        this.socket = socket;
        this.watch = watch;
        this.events = events;
        Thread reader = new Thread(this::read, "baresip control");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Has it do something.
     *
     * @return what it said
     * @throws IllegalStateException if it refuses, says nothing in time or is gone
     */
    String command(String name, String parameters, Duration limit) throws IOException {
        String token = watch.look(() -> "t" + ++commands);
        byte[] json = JSON.std.asBytes(Map.of("command", name, "params", parameters, "token", token));
        socket.getOutputStream().write((json.length + ":").getBytes(UTF_8));
        socket.getOutputStream().write(json);
        socket.getOutputStream().write(',');
        watch.await(limit, () -> over || responses.containsKey(token));
        Map<String, Object> response = watch.look(() -> responses.remove(token));
        if (response == null) throw new IllegalStateException("baresip did not answer to " + name);
        String said = String.valueOf(response.get("data"));
        if (!Boolean.TRUE.equals(response.get("ok")))
            throw new IllegalStateException("baresip refused " + name + " " + parameters + ": " + said);
        return said;
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream())) {
            while (true) heard(JSON.std.mapFrom(netstring(in)));
        } catch (IOException e) {
            watch.change(() -> over = true); // it, or we, have closed
        }
    }

    private void heard(Map<String, Object> message) {
        if (Boolean.TRUE.equals(message.get("event"))) events.accept(message);
        else watch.change(() -> responses.put(String.valueOf(message.get("token")), message));
    }

    /** {@code 5:hello,} */
    static String netstring(InputStream in) throws IOException {
        int length = 0;
        for (int digit = in.read(); digit != ':'; digit = in.read()) {
            if (digit < 0) throw new EOFException();
            if (digit < '0' || digit > '9' || length > LONGEST) throw new IOException("no netstring");
            length = length * 10 + digit - '0';
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.read() != ',') throw new EOFException();
        return new String(bytes, UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
