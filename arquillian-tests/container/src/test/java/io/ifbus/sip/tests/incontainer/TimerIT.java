// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ifbus.sip.spi.SerialExecution;
import io.ifbus.sip.tests.incontainer.common.Noticeboard;
import jakarta.inject.Inject;
import java.time.Duration;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.TimerService;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** Servlet timers, and whose turn they wait for. Runs in the server. */
@ArquillianTest
class TimerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    private SipFactory factory;

    @Inject
    private TimerService timers;

    @Inject
    private SerialExecution serial;

    @Inject
    private Noticeboard board;

    @Deployment
    static EnterpriseArchive application() {
        return Applications.exchange(TimerIT.class);
    }

    @Test
    void aTimerWaitsForWhatItsSessionIsDoing() throws InterruptedException {
        SipApplicationSession busy = factory.createApplicationSession();
        SipApplicationSession free = factory.createApplicationSession();
        serial.execute(busy, () -> {
            timers.createTimer(busy, 20, false, "busy");
            timers.createTimer(free, 200, false, "free");
            board.post("later timer of another session", awaited("timer free"));
            board.post("own timer meanwhile", String.valueOf(board.read("timer busy")));
        });
        assertEquals(free.getId(), board.await("later timer of another session", PATIENCE.multipliedBy(2)));
        assertEquals("null", board.await("own timer meanwhile", PATIENCE));
        assertEquals(busy.getId(), board.await("timer busy", PATIENCE));
        serial.execute(busy, busy::invalidate);
        serial.execute(free, free::invalidate);
    }

    private String awaited(String note) {
        try {
            return String.valueOf(board.await(note, PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
