// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ifbus.sip.cli.api.Answer;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import io.ifbus.sip.cli.text.Words;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "call",
        description = {
            "Rings FROM, then TO, and connects them. Prints the call's uuid and state.",
            "The request carries an Idempotency-Key: sent twice over a broken connection, it makes one call."
        },
        footer = {"", "Example:", "  ifbus call --timeout 30 --wait sip:alice@127.0.0.1:5070 sip:bob@127.0.0.1:5080"})
final class CallCommand extends ApiCommand {

    private static final Set<String> TALKING = Set.of("connected", "on_hold", "transferring");

    @Parameters(index = "0", paramLabel = "FROM", description = "SIP URI that is rung first.")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "SIP URI that is rung second.")
    private String to;

    @Option(names = "--timeout", paramLabel = "S", description = "How long each may ring, in seconds.")
    private Integer timeout;

    @Option(names = "--name", paramLabel = "NAME", description = "Shown to TO as the caller's name.")
    private String name;

    @Option(names = "--header", paramLabel = "K=V", description = "An X-IF-* header of the INVITEs; repeatable.")
    private final Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--early-media", description = "Let FROM hear what TO's side plays before it answers.")
    private boolean earlyMedia;

    @Option(names = "--leg", description = "Ring TO alone; FROM is only shown as the caller.")
    private boolean leg;

    @Option(
            names = "--wait",
            description = "Return when the call is connected (0) or has ended without that (1). "
                    + "Prints each state; with --json only the last answer.")
    private boolean wait;

    CallCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run() {
        Answer answer = session.api().postOnce("/v1/calls", body());
        if (wait) {
            return await(answer);
        }
        session.show(answer, CallCommand::line);
        return ExitCode.DONE;
    }

    private ObjectNode body() {
        ObjectNode body = Json.object().put("from", from).put("to", to);
        if (leg) {
            body.put("mode", "leg");
        }
        if (timeout != null) {
            body.put("timeout", timeout);
        }
        if (name != null) {
            body.put("caller_id_name", name);
        }
        if (!headers.isEmpty()) {
            headers.forEach(body.putObject("headers")::put);
        }
        if (earlyMedia) {
            body.put("early_media", true);
        }
        return body;
    }

    private ExitCode await(Answer created) {
        String path = "/v1/calls/" + id(created, "call_id");
        Answer last = new Waiting(session, path, CallCommand::line).until(created, CallCommand::isDecided);
        boolean talked = TALKING.contains(word(last.json(), "state"))
                || word(last.json(), "result").equals("completed");
        return talked ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean isDecided(JsonNode call) {
        String state = word(call, "state");
        return TALKING.contains(state) || state.equals("terminated");
    }

    private static String line(JsonNode call) {
        String line = Json.uuid(word(call, "call_id")) + "  " + word(call, "state");
        return word(call, "result").equals("-") ? line : line + "  " + word(call, "result") + "  " + Words.cause(call);
    }
}
