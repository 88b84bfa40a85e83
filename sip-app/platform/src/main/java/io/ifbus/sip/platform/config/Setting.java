// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One documented setting: its key, what it is when nobody sets it, and how its text is read.
 *
 * @param key the MicroProfile Config key; may hold the placeholder {@code <name>}, see {@link #named}
 * @param fallback the text that counts when the setting is absent or empty; itself empty when there is none;
 *     <code>${key}</code> in it stands for the text of that key
 * @param meaning one sentence for people
 * @param reader turns the text into the value; throws {@link RuntimeException} when it cannot
 */
public record Setting<T>(String key, String fallback, String meaning, Function<String, T> reader) {

    private static final String NAME = "<name>";
    private static final Pattern OTHER = Pattern.compile("\\$\\{([^}]+)}");

    public Setting {
        requireNonNull(key, "key");
        requireNonNull(fallback, "fallback");
        requireNonNull(meaning, "meaning");
        requireNonNull(reader, "reader");
    }

    /** The setting of one named thing: {@code <name>} in key and fallback becomes {@code name}. */
    public Setting<T> named(String name) {
        return new Setting<>(key.replace(NAME, name), fallback.replace(NAME, name), meaning, reader);
    }

    /**
     * Reads the setting.
     *
     * @throws SettingRefused if the text cannot be read; the message names the key
     */
    public T from(SettingSource source) {
        try {
            return reader.apply(source.text(key)
                    .map(String::strip)
                    .filter(t -> !t.isEmpty())
                    .orElseGet(() -> fallback(source)));
        } catch (RuntimeException e) {
            throw new SettingRefused(key, e);
        }
    }

    private String fallback(SettingSource source) {
        return OTHER.matcher(fallback)
                .replaceAll(other -> Matcher.quoteReplacement(source.text(other.group(1))
                        .orElseThrow(() -> new IllegalArgumentException("it is not set, and its default needs "
                                + other.group(1) + ", which is not set either"))));
    }
}
