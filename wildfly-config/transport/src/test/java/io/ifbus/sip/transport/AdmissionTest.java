// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.dispatch.SerialQueues;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Arrival UNKNOWN = new Arrival() {
        @Override
        public void handle() {
            throw new AssertionError("not asked for here");
        }

        @Override
        public void reply(byte[] response) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public boolean isKnown(String branch) {
            return false;
        }
    };

    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Admission admission =
            new Admission(new SerialQueues(pool::add, Duration.ofSeconds(1), failures::add), () -> 1000, 10_000);

    @Test
    void fewLongMessagesAreAsMuchAsManyShortOnes() {
        MessageHead bye = MessageHead.of("BYE sip:a SIP/2.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 3; i++) {
            assertThat(admission.refusalOf(bye, 3000, UNKNOWN)).isNull();
            admission.queue("call " + i, 3000, () -> {});
        }
        assertThat(admission.refusalOf(bye, 3000, UNKNOWN)).isEqualTo(Reject.OVERLOAD);
        assertThat(admission.refusalOf(bye, 500, UNKNOWN)).isNull();
        pool.remove().run();
        assertThat(admission.refusalOf(bye, 3000, UNKNOWN)).isNull();
        assertThat(failures).isEmpty();
    }
}
