// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.Answer;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Asks for a resource again and again until it has come where it should. Shows each change, with --json only the end.
 */
final class Waiting {

    private static final Duration INTERVAL = Duration.ofMillis(300);

    private final Session session;
    private final String path;
    private final Function<JsonNode, String> line;

    /** @param line what is shown of it; a line like the one before is not shown again */
    Waiting(Session session, String path, Function<JsonNode, String> line) {
        this.session = session;
        this.path = path;
        this.line = line;
    }

    /** The answer that {@code end} accepts; {@code first} may be it. */
    Answer until(Answer first, Predicate<JsonNode> end) {
        Answer answer = first;
        String shown = show(answer, "");
        while (!end.test(answer.json())) {
            session.pause(INTERVAL);
            answer = session.api().get(path);
            shown = show(answer, shown);
        }
        if (session.json()) {
            session.console().print(answer.body());
        }
        return answer;
    }

    private String show(Answer answer, String before) {
        String now = line.apply(answer.json());
        if (!session.json() && !now.equals(before)) {
            session.console().print(now);
        }
        return now;
    }
}
