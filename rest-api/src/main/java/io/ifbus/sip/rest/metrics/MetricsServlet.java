// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.metrics;

import io.ifbus.sip.platform.metrics.MetricsPage;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /metrics}, without a token: it shows counts, never who called whom. */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {

    private final transient MetricsPage page;

    @Inject
    public MetricsServlet(MetricsPage page) {
        this.page = page;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MetricsPage.MEDIA_TYPE);
        response.getWriter().write(page.text());
    }
}
