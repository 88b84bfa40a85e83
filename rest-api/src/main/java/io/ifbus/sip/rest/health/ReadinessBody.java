// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.health;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/** Several checks as one answer, in the JSON form of MicroProfile Health. */
record ReadinessBody(Status status, List<Check> checks) {

    record Check(String name, Status status) {}

    /** Asks all of {@code checks}; one that is down brings the whole down. */
    static ReadinessBody of(Stream<HealthCheck> checks) {
        List<Check> answers =
                checks.map(HealthCheck::call).map(ReadinessBody::check).toList();
        boolean up = answers.stream().allMatch(answer -> answer.status() == Status.UP);
        return new ReadinessBody(up ? Status.UP : Status.DOWN, answers);
    }

    private static Check check(HealthCheckResponse answer) {
        return new Check(answer.getName(), answer.getStatus());
    }
}
