// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A connection that takes so many bytes and then is full, until someone reads. */
final class FakeOutlet implements Outlet {

    private final int room;
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int unread;
    private Runnable writable = () -> {};
    private Runnable gone = () -> {};
    volatile boolean broken;
    volatile boolean ended;
    volatile boolean cut;
    int largest;

    FakeOutlet(int room) {
        this.room = room;
    }

    static FakeOutlet roomy() {
        return new FakeOutlet(Integer.MAX_VALUE);
    }

    @Override
    public void begin(Runnable writable, Runnable gone) {
        this.writable = writable;
        this.gone = gone;
        writable.run();
    }

    @Override
    public synchronized boolean isReady() {
        return unread < room;
    }

    @Override
    public synchronized void write(byte[] bytes) throws IOException {
        if (broken) {
            throw new IOException("Broken pipe");
        }
        if (!isReady()) {
            throw new IllegalStateException("written although it was not ready");
        }
        unread += bytes.length;
        largest = Math.max(largest, bytes.length);
        taken.writeBytes(bytes);
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public void cut() {
        cut = true;
    }

    /** The client reads all there is; whoever writes is told that there is room. */
    void isRead() {
        synchronized (this) {
            unread = 0;
        }
        writable.run();
    }

    void clientGoes() {
        gone.run();
    }

    synchronized String text() {
        return taken.toString(UTF_8);
    }

    synchronized int size() {
        return taken.size();
    }
}
