// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.text.Style;
import io.ifbus.sip.cli.text.Words;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Standard output and standard error. Thread-safe; lines are written whole. */
final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final Style style;
    private final ReentrantLock line = new ReentrantLock();

    Console(PrintStream out, PrintStream err, Style style) {
        this.out = out;
        this.err = err;
        this.style = style;
    }

    Style style() {
        return style;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /** Writes {@code text} and what ends a line if it has none. An empty text is not written. */
    void print(String text) {
        if (!text.isEmpty()) {
            write(out, text.endsWith("\n") ? text : text + "\n");
        }
    }

    /** Whether somebody still reads: false once a pipe has been closed. */
    boolean isRead() {
        return !out.checkError();
    }

    /** One line on standard error, with the program's name. */
    void complain(String message) {
        write(err, "ifbus: " + Words.clean(message) + "\n");
    }

    /** Lets a line that is being written come to its end and no other begin, but waits no longer than told. */
    void finishLine(Duration patience) {
        try {
            line.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(PrintStream stream, String text) {
        line.lock();
        try {
            stream.print(text);
            stream.flush();
        } finally {
            line.unlock();
        }
    }
}
