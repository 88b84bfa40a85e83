// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.platform.access.TokenFile;
import io.ifbus.sip.platform.timer.ScheduledTimer;
import io.ifbus.sip.signal.Signaling;
import io.ifbus.sip.signal.SignalingSlot;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static Status status(HealthCheck check) {
        return check.call().getStatus();
    }

    @Test
    void a_node_is_ready_while_a_sip_stack_is_bound() {
        SignalingSlot slot = new SignalingSlot();
        Signaling stack = (call, action) -> {};
        SipStackCheck check = new SipStackCheck(slot);

        assertThat(status(check)).isEqualTo(Status.DOWN);
        slot.bind(stack);
        assertThat(status(check)).isEqualTo(Status.UP);
        slot.unbind(stack);
        assertThat(status(check)).isEqualTo(Status.DOWN);
    }

    @Test
    void a_node_without_a_token_is_not_ready() {
        assertThat(status(new ApiTokenCheck(new TokenFile(Optional.empty())))).isEqualTo(Status.DOWN);
    }

    @Test
    void a_node_lives_while_its_timers_run() {
        ScheduledTimer timer = new ScheduledTimer();
        TimerCheck check = new TimerCheck(timer);

        assertThat(status(check)).isEqualTo(Status.UP);
        timer.close();
        assertThat(status(check)).isEqualTo(Status.DOWN);
    }
}
