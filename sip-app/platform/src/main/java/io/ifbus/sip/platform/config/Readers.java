// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.config;

import io.ifbus.sip.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the texts of settings are read; each throws {@link IllegalArgumentException} and says what is needed. */
final class Readers {

    private Readers() {}

    static Function<String, Duration> positive() {
        return text -> {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("a duration above zero is needed");
            }
            return duration;
        };
    }

    static Function<String, Duration> positive(Duration least, Duration most) {
        return positive().andThen(duration -> {
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("a duration from " + least + " to " + most + " is needed");
            }
            return duration;
        });
    }

    static Function<String, Integer> whole(int least, int most) {
        return text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new IllegalArgumentException("a whole number from " + least + " to " + most + " is needed");
            }
            return Integer.valueOf(text);
        };
    }

    static Function<String, Double> ratio() {
        return text -> {
            double ratio = Double.parseDouble(text);
            if (!(ratio >= 0 && ratio < 1)) {
                throw new IllegalArgumentException("a ratio of 0 or more and below 1 is needed");
            }
            return ratio;
        };
    }

    static Function<String, Boolean> yesOrNo() {
        return text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("true or false is needed");
            }
            return Boolean.valueOf(text);
        };
    }

    static Function<String, String> host() {
        return text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a host is needed");
            }
            return text.toLowerCase(Locale.ROOT);
        };
    }

    static Function<String, Set<String>> hosts() {
        return text -> Stream.of(text.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    static Function<String, List<String>> names() {
        return text -> {
            List<String> names =
                    Stream.of(text.split(",", -1)).map(String::strip).toList();
            if (!names.stream().allMatch(Route::isName)) {
                throw new IllegalArgumentException(
                        "names of at most 63 lower-case letters, digits and '-', separated by commas");
            }
            if (names.stream().distinct().count() != names.size()) {
                throw new IllegalArgumentException("a name stands twice");
            }
            return names;
        };
    }
}
