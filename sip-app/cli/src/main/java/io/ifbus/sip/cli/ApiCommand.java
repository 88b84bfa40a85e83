// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.Answer;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Failure;
import io.ifbus.sip.cli.api.Json;
import io.ifbus.sip.cli.text.Style;
import io.ifbus.sip.cli.text.Words;
import java.util.concurrent.Callable;

/** A command that asks the API. */
abstract class ApiCommand implements Callable<Integer> {

    final Session session;

    ApiCommand(Session session) {
        this.session = session;
    }

    @Override
    public final Integer call() {
        return run().number();
    }

    /** Does it. @throws io.ifbus.sip.cli.api.Failure if it cannot be done */
    abstract ExitCode run();

    Style style() {
        return session.console().style();
    }

    /** Shows that the API took an order: its answer with --json, else {@code uuid  what} on a line. */
    ExitCode accepted(Answer answer, String uuid, String what) {
        session.show(answer, ignored -> uuid + "  " + what);
        return ExitCode.DONE;
    }

    /** The uuid that an answer has in {@code field}. */
    static String id(Answer answer, String field) {
        String id = Json.uuid(Json.text(answer.json(), field));
        if (id.isEmpty()) {
            throw new Failure(
                    ExitCode.TROUBLE, "the server's answer has no " + field + ", so there is no waiting for it");
        }
        return id;
    }

    /** The words of a field for a line of text. */
    static String word(JsonNode object, String field) {
        return Words.field(object, field);
    }
}
