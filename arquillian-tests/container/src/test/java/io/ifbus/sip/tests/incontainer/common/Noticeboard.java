// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer.common;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Where the parts of the application write what they see, for the tests to read. */
@ApplicationScoped
public class Noticeboard {

    // Also the lock: the container puts a proxy before this object, and a synchronized method would lock that, too.
    private final Map<String, String> notes = new HashMap<>();

    public void post(String name, Object note) {
        synchronized (notes) {
            notes.put(name, String.valueOf(note));
            notes.notifyAll();
        }
    }

    /** What is there under that name now, or null. */
    public String read(String name) {
        synchronized (notes) {
            return notes.get(name);
        }
    }

    /** What is there under that name as soon as something is, or null if that takes longer than {@code limit}. */
    public String await(String name, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (notes) {
            long left = limit.toMillis();
            while (left > 0 && !notes.containsKey(name)) {
                notes.wait(left);
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
            return notes.get(name);
        }
    }
}
