// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.health;

import io.ifbus.sip.signal.SignalingSlot;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started and ready as soon as the SIP application has bound itself to core. */
@Startup
@Readiness
@Dependent
public class SipStackCheck implements HealthCheck {

    private final SignalingSlot signaling;

    @Inject
    public SipStackCheck(SignalingSlot signaling) {
        this.signaling = signaling;
    }

    @Override
    public HealthCheckResponse call() {
        return Checks.answer("sip-stack", signaling.isBound());
    }
}
