// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.health;

import io.ifbus.sip.rest.json.Json;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code GET /health/ready} on the application's port, without a token: the application's own readiness checks, for load
 * balancers that cannot reach the management port.
 */
@WebServlet("/health/ready")
public class ReadinessServlet extends HttpServlet {

    private final transient Instance<HealthCheck> checks;

    @Inject
    public ReadinessServlet(@Readiness Instance<HealthCheck> checks) {
        this.checks = checks;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ReadinessBody body = ReadinessBody.of(checks.stream());
        response.setStatus(
                body.status() == Status.UP ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(Json.mapper().writeValueAsString(body));
    }
}
