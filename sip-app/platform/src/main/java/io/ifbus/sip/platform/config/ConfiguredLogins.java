// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.signal.Logins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The credentials with trunks as the settings spell them; passwords stay in their files. */
public final class ConfiguredLogins {

    private ConfiguredLogins() {}

    /**
     * Reads the names, then each trunk and its password file.
     *
     * @throws SettingRefused if a host or a password file is not named or cannot be read; the message names the key
     */
    public static Logins from(SettingSource source) {
        Map<String, Logins.Login> logins = new HashMap<>();
        for (String name : Settings.TRUNKS.from(source)) {
            String user = Settings.TRUNK_USER.named(name).from(source);
            String host = Settings.TRUNK_HOST.named(name).from(source);
            logins.put(
                    Settings.TRUNK_REALM.named(name).from(source),
                    new Logins.Login(user, password(name, source), host));
        }
        return new Logins(logins);
    }

    private static String password(String name, SettingSource source) {
        Setting<String> setting = new Setting<>(
                Settings.TRUNK_PASSWORD_FILE.named(name).key(),
                "",
                Settings.TRUNK_PASSWORD_FILE.meaning(),
                ConfiguredLogins::content);
        return setting.from(source);
    }

    private static String content(String file) {
        if (file.isEmpty()) {
            throw new IllegalArgumentException("a file is needed");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the file cannot be read", e);
        }
    }
}
