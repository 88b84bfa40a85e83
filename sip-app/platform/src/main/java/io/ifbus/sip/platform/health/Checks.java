// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.health;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;

/** The form of this package's answers. */
final class Checks {

    private Checks() {}

    static HealthCheckResponse answer(String name, boolean up) {
        return new HealthCheckResponse(name, up ? Status.UP : Status.DOWN, Optional.empty());
    }
}
