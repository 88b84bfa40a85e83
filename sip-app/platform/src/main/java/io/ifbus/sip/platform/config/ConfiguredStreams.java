// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import java.time.Duration;

/**
 * How event streams are served on this node.
 *
 * @param node the node's name as it stands in cursors: letters, digits, {@code .}, {@code _} and {@code -}
 * @param heartbeat how often each stream says that it lives, above zero
 * @param most how many may be open at a time, 1 or more
 */
public record ConfiguredStreams(String node, Duration heartbeat, int most) {

    public ConfiguredStreams {
        if (!node.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException("a node's name has letters, digits, '.', '_' and '-', was " + node);
        }
        if (heartbeat.isNegative() || heartbeat.isZero() || most < 1) {
            throw new IllegalArgumentException("heartbeat and most must be above zero");
        }
    }

    /**
     * Reads the settings.
     *
     * @param nodeName as the server has it; other characters become {@code _}
     * @throws SettingRefused if one cannot be read
     */
    public static ConfiguredStreams from(SettingSource source, String nodeName) {
        return new ConfiguredStreams(
                nodeName.replaceAll("[^A-Za-z0-9._-]", "_"),
                Settings.EVENTS_HEARTBEAT.from(source),
                Settings.EVENTS_STREAMS.from(source));
    }
}
