// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.Protocols;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream's connection by asynchronous servlet and non-blocking output (Jakarta Servlet 6.0, sections 2.3.3.3 and 5.7).
 * All is done on the connection's own thread, as Undertow does it for itself: nothing of the connection can happen in
 * between, and the failed write of a client that has left is not logged as an error. Beyond the servlet API only that
 * thread, and the cutting of a connection whose client does not read.
 */
final class ServletOutlet implements Outlet, WriteListener, AsyncListener {

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final HttpServerExchange exchange;
    private final Executor thread;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean ready;
    private volatile Runnable writable = () -> {};
    private volatile Runnable gone = () -> {};

    private ServletOutlet(AsyncContext async, ServletOutputStream out, HttpServerExchange exchange) {
        this.async = async;
        this.out = out;
        this.exchange = exchange;
        this.thread = exchange.getIoThread(); // by its interface: the deployment does not see XNIO's classes
    }

    /** Puts {@code request} into asynchronous mode. To be called on its thread. */
    static ServletOutlet connect(HttpServletRequest request, HttpServletResponse response) {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Accel-Buffering", "no");
        // no buffer: Undertow's would keep a rest that a full connection did not take, and wake nobody for it
        response.setBufferSize(1);
        try {
            ServletOutputStream out = response.getOutputStream();
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            return new ServletOutlet(
                    async, out, ServletRequestContext.requireCurrent().getExchange());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void begin(Runnable writable, Runnable gone) {
        this.writable = writable;
        this.gone = gone;
        async.addListener(this);
        out.setWriteListener(this);
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void write(byte[] bytes) {
        ready = false;
        onItsThread(() -> {
            try {
                out.write(bytes);
                if (out.isReady()) { // otherwise onWritePossible comes
                    flush();
                    onWritePossible();
                }
            } catch (IOException left) {
                onError(left);
            } catch (RuntimeException broken) {
                StreamLog.LOG.streamBroke(broken);
                onError(broken);
            }
        });
    }

    /** Plain HTTP/1.1 holds nothing back. */
    private void flush() throws IOException {
        if (exchange.isSecure() || !exchange.isHttp11()) {
            out.flush();
        }
    }

    @Override
    public void end() {
        if (ended.compareAndSet(false, true)) {
            onItsThread(async::complete);
        }
    }

    @Override
    public void cut() {
        ended.set(true);
        onItsThread(() -> {
            if (isUpgraded()) {
                StreamLog.LOG.readerGone("it had upgraded to HTTP/2");
            } else {
                close();
            }
            async.complete();
            exchange.endExchange(); // nobody else would, as nothing can be written any more
        });
    }

    /** A stream that began as HTTP/1.1: Undertow's connection cannot be closed for it. */
    private boolean isUpgraded() {
        return exchange.getProtocol().equals(Protocols.HTTP_2_0) && !exchange.isSecure();
    }

    private void close() {
        try {
            exchange.getConnection().close();
        } catch (IOException closedAlready) {
            StreamLog.LOG.readerGone(closedAlready.getMessage());
        }
    }

    private void onItsThread(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException serverStops) {
            StreamLog.LOG.readerGone(serverStops.getMessage());
        }
    }

    @Override
    public void onWritePossible() {
        ready = true;
        writable.run();
    }

    @Override
    public void onError(Throwable failure) {
        StreamLog.LOG.readerGone(failure.getMessage());
        gone.run();
        cut();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended.set(true);
        gone.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        gone.run();
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        gone.run();
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {} // nobody starts it twice
}
