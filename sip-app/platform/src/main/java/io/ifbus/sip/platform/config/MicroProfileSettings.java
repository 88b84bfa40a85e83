// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Settings read from MicroProfile Config. */
@Dependent
public final class MicroProfileSettings implements SettingSource {

    private final Config config;

    @Inject
    MicroProfileSettings(Config config) {
        this.config = config;
    }

    @Override
    public Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class);
    }
}
