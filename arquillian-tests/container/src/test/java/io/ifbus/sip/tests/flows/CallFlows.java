// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** The page with the diagrams. With {@code -Dcall-flows.update=true} it takes what was seen for right. */
final class CallFlows {

    private static final Path PAGE = Path.of("../../docs/call-flows.md");
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final boolean UPDATE = Boolean.getBoolean("call-flows.update");

    private CallFlows() {}

    /** The headings over its diagrams, in their order. */
    static List<String> titles() {
        return text().lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
    }

    /** Waits until what is seen is what the diagram under a heading shows. */
    static void assertShows(String title, Supplier<Diagram> seen) {
        Matcher section = section(title);
        Diagram shown = Diagram.of(section.group(2));
        try {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(seen.get().talks())
                    .as("'%s' in docs/call-flows.md; what was seen:\n%s", title, seen.get())
                    .isEqualTo(shown.talks()));
        } catch (ConditionTimeoutException different) {
            if (!UPDATE) throw different;
            write(section.replaceFirst(Matcher.quoteReplacement(section.group(1) + seen.get() + "```\n")));
        }
    }

    private static Matcher section(String title) {
        Pattern section = Pattern.compile(
                "(\n## " + Pattern.quote(title) + "\n(?:(?!\n## |\n```)[\\s\\S])*\n```mermaid\n)([\\s\\S]*?)```\n");
        Matcher matcher = section.matcher(text());
        assertThat(matcher.find())
                .as("a diagram '%s' in docs/call-flows.md", title)
                .isTrue();
        return matcher;
    }

    private static String text() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(String text) {
        try {
            Files.writeString(PAGE, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
