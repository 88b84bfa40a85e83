// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.composition;

import io.ifbus.sip.platform.access.ApiToken;
import io.ifbus.sip.platform.access.TokenFile;
import io.ifbus.sip.platform.config.MicroProfileSettings;
import io.ifbus.sip.platform.config.Settings;
import io.ifbus.sip.platform.metrics.MetricsPage;
import io.ifbus.sip.platform.metrics.MicroProfileMeter;
import io.smallrye.metrics.MetricsRequestHandler;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The adapters that do not belong to calls. */
@Dependent
public class Adapters {

    @Produces
    @Singleton
    static ApiToken token(MicroProfileSettings settings) {
        return new TokenFile(Settings.API_TOKEN_FILE.from(settings));
    }

    @Produces
    @Singleton
    static MicroProfileMeter meter(MetricRegistry registry) {
        return new MicroProfileMeter(registry);
    }

    @Produces
    @Singleton
    static MetricsPage metricsPage(MetricsRequestHandler handler) {
        return new MetricsPage(handler);
    }
}
