// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.rest.json.Json;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ReadinessBodyTest {

    private static HealthCheck check(String name, Status status) {
        return () -> new HealthCheckResponse(name, status, Optional.empty());
    }

    @Test
    void all_up_is_up() {
        assertThat(ReadinessBody.of(Stream.of(check("a", Status.UP), check("b", Status.UP)))
                        .status())
                .isEqualTo(Status.UP);
    }

    @Test
    void one_down_brings_the_whole_down_and_has_the_form_of_microprofile_health() throws Exception {
        ReadinessBody body = ReadinessBody.of(Stream.of(check("a", Status.UP), check("b", Status.DOWN)));

        assertThat(Json.mapper().writeValueAsString(body))
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":[{\"name\":\"a\",\"status\":\"UP\"},"
                        + "{\"name\":\"b\",\"status\":\"DOWN\"}]}");
    }
}
