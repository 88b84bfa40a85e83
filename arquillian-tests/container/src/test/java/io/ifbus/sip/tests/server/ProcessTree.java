// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A script and all that it started. What is still alive when the tests' JVM ends is killed. */
final class ProcessTree implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Set<ProcessTree> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> ALIVE.forEach(ProcessTree::kill), "killing servers of the tests"));
    }

    private final Process script;

    private ProcessTree(Process script) {
        this.script = script;
    }

    static ProcessTree start(ProcessBuilder command) throws IOException {
        ProcessTree tree = new ProcessTree(command.start());
        ALIVE.add(tree);
        return tree;
    }

    /** The server's JVM, once there is one and as long as it lives. */
    Optional<ProcessHandle> java() {
        return script.descendants().filter(ProcessTree::isJava).findFirst();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().filter(path -> path.endsWith("/java")).isPresent();
    }

    boolean endsWithin(Duration limit) {
        try {
            return script.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a server", e);
        }
    }

    /** Asks the JVM to end, and the script when there is no JVM yet; kills all of them if they don't. */
    @Override
    public void close() {
        java().orElse(script.toHandle()).destroy();
        if (!endsWithin(STOP_LIMIT)) kill();
        ALIVE.remove(this);
    }

    private void kill() {
        List<ProcessHandle> all = Stream.concat(script.descendants(), Stream.of(script.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
