// SPDX-License-Identifier: AGPL-3.0-or-later
package org.restcomm.commons.statistics.reporter;

import com.codahale.metrics.MetricRegistry;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for the reporter that the engine links to, and reports nothing.
 *
 * <p>The original sends usage figures to its maker's server once a day and when it is stopped, also where gathering
 * statistics is switched off. Having no code to do it is the one switch that holds.
 */
public final class RestcommStatsReporter {
    private static final MetricRegistry REGISTRY = new MetricRegistry();

    public static RestcommStatsReporter getRestcommStatsReporter() {
        return new RestcommStatsReporter();
    }

    public static MetricRegistry getMetricRegistry() {
        return REGISTRY;
    }

    public void setRemoteServer(String url) {
        // nothing is sent
    }

    public void setProjectName(String name) {
        // nothing is sent
    }

    public void setProjectType(String type) {
        // nothing is sent
    }

    public void setVersion(String version) {
        // nothing is sent
    }

    public void start(long period, TimeUnit unit) {
        // nothing is sent
    }

    public void stop() {
        // nothing is sent
    }
}
