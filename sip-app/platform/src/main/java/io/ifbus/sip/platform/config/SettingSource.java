// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import java.util.Optional;

/** Where the texts of settings come from: MicroProfile Config on the server, a map in tests. */
@FunctionalInterface
public interface SettingSource {

    /** The text set for {@code key}; empty when nobody set it. */
    Optional<String> text(String key);
}
