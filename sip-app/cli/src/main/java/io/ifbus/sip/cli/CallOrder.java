// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import io.ifbus.sip.cli.api.ExitCode;
import picocli.CommandLine.Parameters;

/** A command about one call. */
abstract class CallOrder extends ApiCommand {

    @Parameters(index = "0", paramLabel = "CALL", description = "The call.")
    private String call;

    CallOrder(Session session) {
        super(session);
    }

    @Override
    final ExitCode run() {
        return run(session.calls().uuid(call));
    }

    /** Does it to the call with this uuid. */
    abstract ExitCode run(String uuid);

    /** {@code /v1/calls/{uuid}} and what follows. */
    static String path(String uuid, String rest) {
        return "/v1/calls/" + uuid + rest;
    }
}
