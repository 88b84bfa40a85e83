// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line of {@link Demo}.
 *
 * @param tokenFile whose trimmed content is the API token
 * @param talk how long the call stays up once both sides hear each other
 */
record DemoOptions(URI api, Path tokenFile, Duration talk, boolean tcp) {

    static final String USAGE = """
            Places a call between two built-in phones through the REST API and shows what happens.

            usage: java -cp ... io.ifbus.sip.phones.Demo --token-file PATH [options]
              --token-file PATH  file with the API token
              --api URL          the server's root (http://127.0.0.1:8080)
              --seconds N        how long the phones talk once they hear each other (3)
              --tcp              the phones use TCP instead of UDP
              --help             this text

            Exits 0 if each phone heard the other one's tone and both were hung up, otherwise 1.
            """;

    /**
     * @return empty if only help is wanted
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static Optional<DemoOptions> parse(List<String> arguments) {
        URI api = URI.create("http://127.0.0.1:8080");
        Path tokenFile = null;
        Duration talk = Duration.ofSeconds(3);
        boolean tcp = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--help", "-h" -> {
                    return Optional.empty();
                }
                case "--tcp" -> tcp = true;
                case "--api" -> api = URI.create(value(option, rest));
                case "--token-file" -> tokenFile = Path.of(value(option, rest));
                case "--seconds" -> talk = seconds(value(option, rest));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (tokenFile == null) throw new IllegalArgumentException("--token-file is missing");
        return Optional.of(new DemoOptions(api, tokenFile, talk, tcp));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) throw new IllegalArgumentException(option + " needs a value");
        return rest.next();
    }

    private static Duration seconds(String text) {
        if (!text.matches("\\d{1,4}")) throw new IllegalArgumentException("--seconds must be a number, was " + text);
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
