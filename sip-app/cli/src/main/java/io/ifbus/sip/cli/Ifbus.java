// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Failure;
import io.ifbus.sip.cli.text.Style;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program put together: all commands, one way to complain, one set of exit codes. */
final class Ifbus {

    private final Console console;
    private final Session session;
    private final CommandLine commandLine;

    Ifbus(Environment environment) {
        GeneralOptions options = new GeneralOptions();
        console = environment.console();
        session = new Session(environment, options);
        commandLine = new CommandLine(options);
        commands().forEach(commandLine::addSubcommand);
        everywhere(commandLine.getCommandSpec());
        Ansi ansi = console.style() == Style.COLOURED ? Ansi.ON : Ansi.OFF;
        commandLine
                .setOut(new PrintWriter(console.out(), true, UTF_8))
                .setErr(new PrintWriter(console.err(), true, UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // an argument is what it is
                .setParameterExceptionHandler((wrong, arguments) -> usage(wrong))
                .setExecutionExceptionHandler((broken, at, parsed) -> failed(broken));
    }

    private List<Object> commands() {
        return List.of(
                new CallCommand(session),
                new CallsCommand(session),
                new ShowCommand(session),
                new HangupCommand(session),
                new HoldCommand(session),
                new ResumeCommand(session),
                new TransferCommand(session),
                new TransfersCommand(session),
                new TransferCompleteCommand(session),
                new TransferCancelCommand(session),
                new DtmfCommand(session),
                new AnswerCommand(session),
                new RingCommand(session),
                new RejectCommand(session),
                new RedirectCommand(session),
                new CdrsCommand(session),
                new RoutesCommand(session),
                new WatchCommand(session));
    }

    private static void everywhere(CommandSpec spec) {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.number()), code.meaning());
        }
        spec.mixinStandardHelpOptions(true);
        spec.versionProvider(() -> new String[] {"ifbus " + version()});
        spec.usageMessage()
                .width(100)
                .sortOptions(false)
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes);
        spec.subcommands().values().forEach(each -> everywhere(each.getCommandSpec()));
    }

    private static String version() {
        String version = Ifbus.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }

    private int usage(ParameterException wrong) {
        console.complain(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, commandLine.getErr());
        String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        console.complain("see " + name + " --help");
        return ExitCode.USAGE.number();
    }

    private int failed(Exception broken) {
        if (broken instanceof Failure failure) {
            console.complain(failure.getMessage());
            return failure.code().number();
        }
        console.complain("a fault of this program: " + broken);
        broken.printStackTrace(console.err());
        return ExitCode.FAILED.number();
    }

    CommandLine commandLine() {
        return commandLine;
    }

    Session session() {
        return session;
    }

    /** Runs one command; the result is the exit status. */
    int run(String... arguments) {
        return commandLine.execute(arguments);
    }
}
