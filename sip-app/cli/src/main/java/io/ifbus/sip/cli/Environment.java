// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What surrounds the process.
 *
 * @param variables the environment variables
 * @param home the directory below which {@code target/run/token} is looked for
 * @param console where text goes
 * @param clock for options such as {@code --since 2h}
 * @param pause how waiting is done
 * @param silence how long a stream of events may bring nothing before it is taken for broken
 */
record Environment(
        Map<String, String> variables,
        Path home,
        Console console,
        InstantSource clock,
        Pause pause,
        Duration silence) {}
