// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ifbus.sip.cli.api.Answer;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "transfer",
        description = {
            "Transfers a call: blind to TARGET, after a consultation with TARGET (--consult), "
                    + "or to the party of another call (--replaces). Prints the transfer's id and state.",
            "A consultation is ended by transfer-complete or transfer-cancel."
        },
        footer = {
            "",
            "Examples:",
            "  ifbus transfer 3f1c2a9e sip:carol@example.com --wait",
            "  ifbus transfer 3f1c2a9e sip:carol@example.com --consult",
            "  ifbus transfer 3f1c2a9e --replaces 77aa01"
        })
final class TransferCommand extends CallOrder {

    private static final Set<String> OVER = Set.of("completed", "failed");

    @Parameters(index = "1", paramLabel = "TARGET", arity = "0..1", description = "SIP URI to transfer to.")
    private String target;

    @Option(names = "--replaces", paramLabel = "CALL2", description = "Join with this call, instead of TARGET.")
    private String replaces;

    @Option(names = "--consult", description = "Speak with TARGET first.")
    private boolean consult;

    @Option(
            names = "--transferor",
            paramLabel = "PARTY",
            description = "Who transfers and leaves: ${COMPLETION-CANDIDATES}; the API has a default.")
    private Party transferor;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "One of ${COMPLETION-CANDIDATES}; the API has a default.")
    private TransferMethod method;

    @Option(
            names = "--wait",
            description = "Return when the transfer is completed (0) or has failed (1); "
                    + "with --consult, when the consultation has begun (0). "
                    + "Prints each state; with --json only the last answer.")
    private boolean wait;

    @Spec
    private CommandSpec spec;

    TransferCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String uuid) {
        if ((target == null) == (replaces == null)) {
            throw new ParameterException(spec.commandLine(), "transfer where? Give either TARGET or --replaces CALL2");
        }
        if (consult && target == null) {
            throw new ParameterException(spec.commandLine(), "--consult goes with TARGET, not with --replaces");
        }
        String transfers = path(uuid, "/transfers");
        Answer answer = session.api().post(transfers, body());
        if (wait) {
            return await(transfers, answer);
        }
        session.show(answer, TransferCommand::line);
        return ExitCode.DONE;
    }

    private ObjectNode body() {
        ObjectNode body = Json.object();
        if (target != null) {
            body.put("target", target);
        } else {
            body.put("replaces", "if://call/" + session.calls().uuid(replaces));
        }
        if (consult) {
            body.put("consult", true);
        }
        if (transferor != null) {
            body.put("transferor", transferor.toString());
        }
        if (method != null) {
            body.put("method", method.toString());
        }
        return body;
    }

    private ExitCode await(String transfers, Answer requested) {
        String path = transfers + "/" + id(requested, "transfer_id");
        Answer last = new Waiting(session, path, TransferCommand::line).until(requested, this::isDecided);
        return word(last.json(), "state").equals("failed") ? ExitCode.FAILED : ExitCode.DONE;
    }

    private boolean isDecided(JsonNode transfer) {
        String state = word(transfer, "state");
        return OVER.contains(state) || (consult && state.equals("consulting"));
    }

    private static String line(JsonNode transfer) {
        String line = Json.uuid(word(transfer, "transfer_id")) + "  " + word(transfer, "state");
        return word(transfer, "code").equals("-")
                ? line
                : line + "  " + word(transfer, "code") + " " + word(transfer, "reason");
    }
}
