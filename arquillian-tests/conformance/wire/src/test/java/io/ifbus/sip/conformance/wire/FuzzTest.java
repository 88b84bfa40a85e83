// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Remains;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Messages that were valid once, over UDP and TCP, beside steady calls. It lasts {@code -Dfuzz.seconds}; what was sent is
 * sent again by {@code -Dfuzz.seed}.
 */
class FuzzTest {
    private static final Logger OUT = Logger.getLogger("fuzz");
    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 60);
    private static final long SEED = Long.getLong("fuzz.seed", 4);
    private static final int CALLS_PER_SECOND = 20;
    private static final int MUTANTS_PER_CONNECTION = 20;
    private static final long PAUSE_NANOS = 1_000_000;
    private static final long MOST_GROWTH = 8 << 20;

    private static final AtomicInteger UNREACHABLE = new AtomicInteger();

    @RegisterExtension
    static final Server SERVER = Server.quick(20);

    @Test
    void brokenMessagesHarmNoCallAndLeaveNothing() throws Exception {
        OUT.log(Level.INFO, "fuzz.seed={0} fuzz.seconds={1}", new Object[] {Long.toString(SEED), SECONDS});
        Script.forgetful();
        Script.onRequest(FuzzTest::serve);
        Script.onNoAck(event -> event.getRequest().getApplicationSession().invalidate());
        long before;
        try (Traffic warm = new Traffic(SERVER, CALLS_PER_SECOND)) {
            await().until(() -> warm.whole() > 2 * CALLS_PER_SECOND);
        }
        rest();
        before = Heap.live();
        try (ErrorLog log = new ErrorLog();
                Traffic traffic = new Traffic(SERVER, CALLS_PER_SECOND)) {
            int sent = fuzz();
            assertThat(traffic.failures()).isEmpty();
            assertThat(traffic.whole()).isGreaterThan(SECONDS * CALLS_PER_SECOND / 2);
            OUT.log(Level.INFO, "{0} mutants, {1} calls, {2} answers to nobody", new Object[] {
                sent, traffic.whole(), UNREACHABLE
            });
            assertThat(log.errors()).isEmpty();
        }
        rest();
        long growth = Heap.live() - before;
        OUT.log(Level.INFO, "live heap grew by {0} bytes", growth);
        assertThat(growth).isLessThan(MOST_GROWTH);
    }

    private static void rest() {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(SERVER.remains()).isEqualTo(Remains.NOTHING));
    }

    /** Answers what can be answered and keeps no session longer than its transaction, save that of a call. */
    private static void serve(SipServletRequest request) {
        if (request.getMethod().equals("ACK")) {
            return;
        }
        if (request.getMethod().equals("INVITE") && !request.isInitial()) {
            answer(request.createResponse(488));
        } else if (!request.getMethod().equals("CANCEL")) {
            SipServletResponse ok = request.createResponse(200);
            if (request.getMethod().equals("SUBSCRIBE")) {
                ok.setExpires(60); // which a 200 to it must have
            }
            answer(ok);
        }
        if (!request.getMethod().equals("INVITE") && !request.getMethod().equals("CANCEL")) {
            request.getApplicationSession().invalidate();
        }
    }

    private static void answer(SipServletResponse response) {
        try {
            response.send();
        } catch (IOException e) {
            UNREACHABLE.incrementAndGet(); // the connection is closed, and the Via was a wrong one
        }
    }

    private static int fuzz() throws IOException {
        Mutator mutator = new Mutator(SEED);
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        int sent = 0;
        try (UdpPeer udp = SERVER.udp()) {
            while (System.nanoTime() < end) {
                udp.send(mutator.next(SERVER, udp, true));
                sent++;
                if (sent % MUTANTS_PER_CONNECTION == 0) {
                    sent += stream(mutator);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        return sent;
    }

    /** Some mutants over a connection of their own, until the server has enough of it. */
    private static int stream(Mutator mutator) throws IOException {
        int sent = 0;
        try (TcpPeer tcp = SERVER.tcp()) {
            while (sent < MUTANTS_PER_CONNECTION && tcp.offer(mutator.next(SERVER, tcp, false))) {
                sent++;
            }
        }
        return sent;
    }
}
