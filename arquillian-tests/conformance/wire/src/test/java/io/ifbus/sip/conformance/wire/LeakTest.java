// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Remains;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** After 20,000 calls of all kinds the server is as it was before them. T1 is 20 ms. */
class LeakTest {
    private static final Logger OUT = Logger.getLogger("leak");
    private static final int HALF = 10_000;
    private static final int WARM_UP = 2_000;
    private static final int CALLERS = 8;
    private static final int KINDS = 8;
    private static final long MOST_BYTES_PER_CALL = 50;

    @RegisterExtension
    static final Server SERVER = Server.quick(20);

    private final AtomicInteger number = new AtomicInteger();

    @Test
    void nothingIsLeftOfTwentyThousandCalls() throws Exception {
        Script.forgetful();
        Script.onRequest(LeakTest::serve);
        Script.onResponse(response -> {
            if (response.getMethod().equals("INVITE") || response.getStatus() >= 200) {
                response.getApplicationSession().invalidate();
            }
        });
        Script.onNoAck(event -> event.getRequest().getApplicationSession().invalidate());
        long start = System.nanoTime();
        calls(WARM_UP);
        rest();
        OUT.log(Level.INFO, "warm after {0} ms", (System.nanoTime() - start) / 1_000_000);
        calls(HALF);
        OUT.log(Level.INFO, "half after {0} ms", (System.nanoTime() - start) / 1_000_000);
        rest();
        OUT.log(Level.INFO, "half rest after {0} ms", (System.nanoTime() - start) / 1_000_000);
        long half = Heap.live();
        calls(HALF);
        rest();
        long all = Heap.live();
        double slope = (double) (all - half) / HALF;
        OUT.log(Level.INFO, "live heap {0} bytes, slope {1} bytes a call", new Object[] {all, slope});
        assertThat(slope).isLessThan(MOST_BYTES_PER_CALL);
    }

    private static void rest() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(SERVER.remains()).isEqualTo(Remains.NOTHING));
    }

    /** What the user part of the Request-URI asks for. */
    private static void serve(SipServletRequest request) throws IOException {
        String method = request.getMethod();
        String wish = request.getRequestURI().toString();
        if (method.equals("INVITE") && request.isInitial()) {
            invited(request, wish);
        } else if (method.equals("BYE")) {
            request.createResponse(200).send();
            request.getApplicationSession().invalidate();
        } else if (method.equals("CANCEL")) {
            request.getApplicationSession().setInvalidateWhenReady(true);
        } else if (method.equals("SUBSCRIBE")) {
            SipServletResponse accepted = request.createResponse(202);
            accepted.setExpires(60);
            accepted.send();
            SipServletRequest notify = request.getSession().createRequest("NOTIFY");
            notify.setHeader("Event", "presence");
            notify.setHeader("Subscription-State", "active;expires=60");
            notify.send(); // its response ends the session
        } else if (method.equals("REGISTER")) {
            request.createResponse(200).send();
            request.getApplicationSession().invalidate();
        }
    }

    private static void invited(SipServletRequest invite, String wish) throws IOException {
        SipSession session = invite.getSession();
        session.setAttribute("load", new byte[1000]);
        if (wish.contains("reject")) {
            invite.createResponse(486).send();
        } else if (wish.contains("ring")) {
            invite.createResponse(180).send();
        } else {
            invite.createResponse(180).send();
            invite.createResponse(200).send();
        }
    }

    private void calls(int count) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Callable<Void>> all = new ArrayList<>();
        int end = number.get() + count;
        for (int i = 0; i < CALLERS; i++) {
            all.add(() -> {
                try (UdpPeer peer = SERVER.udp()) {
                    for (int call = number.getAndIncrement(); call < end; call = number.getAndIncrement()) {
                        call(peer, call % KINDS);
                    }
                }
                return null;
            });
        }
        for (var done : callers.invokeAll(all)) {
            done.get();
        }
        callers.shutdown();
        number.set(end);
    }

    private static void call(UdpPeer peer, int kind) throws IOException {
        Call call = Call.to(SERVER, peer);
        switch (kind) {
            case 0, 1 -> {
                call.establish(call.invite());
                call.hangUp();
            }
            case 2 -> cancelled(peer, call);
            case 3 -> {
                Message invite = wish(call.invite(), "reject");
                peer.send(invite);
                peer.send(Call.ackOf(invite, peer.awaitResponse(486, invite)));
            }
            case 4 -> { // no ACK
                Message invite = call.invite();
                peer.send(invite);
                peer.awaitResponse(200, invite);
            }
            case 5 -> {
                Message register = call.request("REGISTER");
                peer.send(register);
                peer.awaitResponse(200, register);
            }
            case 6 -> {
                Message subscribe =
                        call.request("SUBSCRIBE").add("Event", "presence").add("Expires", "60");
                peer.send(subscribe);
                peer.awaitResponse(202, subscribe);
                peer.answer(
                        peer.await(
                                "NOTIFY",
                                m -> m.start().startsWith("NOTIFY")
                                        && m.callId().equals(call.callId)),
                        200);
            }
            default -> outgoing(peer);
        }
    }

    private static Message wish(Message request, String wish) {
        return request.start(request.start().replace("service", wish));
    }

    private static void cancelled(UdpPeer peer, Call call) throws IOException {
        Message invite = wish(call.invite(), "ring");
        peer.send(invite);
        peer.awaitResponse(180, invite);
        peer.send(Call.cancelOf(invite));
        peer.send(Call.ackOf(invite, peer.awaitResponse(487, invite)));
    }

    /** A call of the application's that nobody answers: it times out. */
    private static void outgoing(UdpPeer peer) throws IOException {
        try {
            SERVER.request("OPTIONS", peer.uri("nobody")).send();
        } catch (jakarta.servlet.ServletException e) {
            throw new IOException(e);
        }
        peer.awaitRequest("OPTIONS");
    }
}
