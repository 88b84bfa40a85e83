// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time as people give it. */
final class Moment {

    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    private Moment() {}

    /** {@code 2h} is two hours before {@code now}; anything else is for the API to judge; null stays null. */
    static String of(String text, Instant now) {
        Matcher ago = AGO.matcher(text == null ? "" : text);
        if (!ago.matches()) {
            return text;
        }
        Duration age = Duration.of(Long.parseLong(ago.group(1)), UNITS.get(ago.group(2)));
        return now.minus(age).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
