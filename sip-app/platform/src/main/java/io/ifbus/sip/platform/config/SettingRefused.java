// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

/** A setting has a text that cannot be read; the application does not start with it. */
public final class SettingRefused extends IllegalArgumentException {

    SettingRefused(String key, RuntimeException cause) {
        super("Setting " + key + " is refused: " + cause.getMessage(), cause);
    }
}
