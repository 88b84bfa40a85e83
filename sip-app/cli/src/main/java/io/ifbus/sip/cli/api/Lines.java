// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines of a body, taken one by one by one thread. A line is asked for when the one before has been taken. */
final class Lines implements Flow.Subscriber<String> {

    /** What comes: a line, or the end, whatever its reason. */
    private record Next(Optional<String> line) {}

    private final BlockingQueue<Next> queue = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(String line) {
        queue.add(new Next(Optional.of(line)));
    }

    @Override
    public void onError(Throwable broken) {
        // a stream that broke is resumed like one that ended
        onComplete();
    }

    @Override
    public void onComplete() {
        queue.add(new Next(Optional.empty()));
    }

    /** The next line; empty at the end, and when nothing has come for {@code silence}. */
    Optional<String> next(Duration silence) throws InterruptedException {
        Next next = queue.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            return Optional.empty();
        }
        next.line().ifPresent(taken -> subscription.request(1));
        return next.line();
    }

    /** Closes the connection. */
    void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
