// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import picocli.CommandLine.Command;

@Command(
        name = "transfer-cancel",
        description = "Gives up a transfer; the call is as before.",
        footer = {"", "Example:", "  ifbus transfer-cancel 3f1c2a9e"})
final class TransferCancelCommand extends TransferOrder {

    TransferCancelCommand(Session session) {
        super(session);
    }

    @Override
    ExitCode run(String path, String id) {
        return accepted(session.api().delete(path), id, "cancelling");
    }
}
