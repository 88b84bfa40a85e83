// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Json;
import picocli.CommandLine.Command;

@Command(
        name = "transfer-complete",
        description = "Ends a consultation by connecting both others.",
        footer = {"", "Example:", "  ifbus transfer-complete 3f1c2a9e"})
final class TransferCompleteCommand extends TransferOrder {

    TransferCompleteCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String path, String id) {
        return accepted(session.api().post(path + "/complete", Json.object()), id, "completing");
    }
}
