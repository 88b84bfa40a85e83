// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program without a command, and the options that stand before or after any command. */
@Command(
        name = "ifbus",
        synopsisSubcommandLabel = "COMMAND",
        description = "Controls the calls of an IF.bus SIP server by its REST API.",
        footer = {
            "",
            "Example:",
            "  ifbus call --wait sip:alice@127.0.0.1:5070 sip:bob@127.0.0.1:5080",
            "",
            "A CALL is a uuid, if://call/uuid, or the first 6 or more hex digits of a listed call.",
            "'ifbus COMMAND --help' says more of a command."
        })
final class GeneralOptions implements Runnable {

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server's root (IFBUS_URL; default: " + Session.DEFAULT_URL + ").")
    String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The file that holds the API's token (IFBUS_TOKEN_FILE; default: the one that ./run makes, "
                    + Session.DEFAULT_TOKEN_FILE + ").")
    Path tokenFile;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the API's JSON as it comes, instead of text for people.")
    boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
