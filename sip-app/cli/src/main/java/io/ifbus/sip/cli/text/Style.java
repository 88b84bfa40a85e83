// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.text;

import java.util.Map;

/** Colours for words of the API: living green, under way yellow, failed red, over dim; or none at all. */
public enum Style {
    PLAIN,
    COLOURED;

    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";
    private static final String DIM = "2";

    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("connected", GREEN),
            Map.entry("completed", GREEN),
            Map.entry("on_hold", YELLOW),
            Map.entry("dialing", YELLOW),
            Map.entry("ringing", YELLOW),
            Map.entry("incoming", YELLOW),
            Map.entry("consulting", YELLOW),
            Map.entry("transferring", YELLOW),
            Map.entry("hanging_up", DIM),
            Map.entry("terminated", DIM),
            Map.entry("failed", RED),
            Map.entry("busy", RED),
            Map.entry("no_answer", RED),
            Map.entry("error", RED),
            Map.entry("gap", RED));

    /**
     * The style for an output.
     *
     * @param terminal whether it is a terminal
     * @param environment NO_COLOR, if not empty, and TERM=dumb ask for none (https://no-color.org)
     */
    public static Style of(boolean terminal, Map<String, String> environment) {
        boolean unwanted =
                !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return terminal && !unwanted ? COLOURED : PLAIN;
    }

    /** {@code text} in the colour of {@code word}, if that has one. */
    String paint(String text, String word) {
        String colour = COLOURS.get(word);
        return this == PLAIN || colour == null ? text : "\u001b[" + colour + "m" + text + "\u001b[0m";
    }
}
