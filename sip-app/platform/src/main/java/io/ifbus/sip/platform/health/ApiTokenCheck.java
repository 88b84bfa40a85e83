// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.health;

import io.ifbus.sip.platform.access.ApiToken;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only with an API token: without one each request is refused. */
@Readiness
@Dependent
public class ApiTokenCheck implements HealthCheck {

    private final ApiToken token;

    @Inject
    public ApiTokenCheck(ApiToken token) {
        this.token = token;
    }

    @Override
    public HealthCheckResponse call() {
        return Checks.answer("api-token", token.configured());
    }
}
