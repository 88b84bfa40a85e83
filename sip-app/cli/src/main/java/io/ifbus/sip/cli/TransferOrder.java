// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Failure;
import io.ifbus.sip.cli.api.Json;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Parameters;

/** A command about one transfer of a call. */
abstract class TransferOrder extends CallOrder {

    @Parameters(
            index = "1",
            paramLabel = "TRANSFER",
            arity = "0..1",
            description = "Id of the transfer or how it begins; may be left out if only one is under way.")
    private String transfer;

    TransferOrder(Session session) {
        super(session);
    }

    @Override
    final ExitCode run(String uuid) {
        String transfers = path(uuid, "/transfers");
        String id = id(transfers);
        return run(transfers + "/" + id, id);
    }

    /** Does it to the transfer with this id, at this address. */
    abstract ExitCode run(String path, String id);

    private String id(String transfers) {
        String begin = transfer == null ? "" : Json.uuid(transfer).toLowerCase(Locale.ROOT);
        List<String> found = Json.items(session.api().get(transfers).json(), "transfers").stream()
                .filter(each -> transfer != null || !word(each, "state").matches("completed|failed"))
                .map(each -> Json.uuid(word(each, "transfer_id")))
                .filter(each -> each.startsWith(begin))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String which = transfer == null ? "are under way" : "begin with " + transfer;
        throw found.isEmpty()
                ? new Failure(ExitCode.REFUSED, "no transfers of this call " + which)
                : new Failure(ExitCode.USAGE, found.size() + " transfers " + which + ": " + String.join(", ", found));
    }
}
