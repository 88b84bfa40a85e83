// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.text.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page docs/cli.md and the help say what the program takes, all of it and nothing else. */
class DocumentationTest extends Scene {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `ifbus ([^`]+)` \\|([^|]*)\\|");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    private static Map<String, CommandLine> commands() {
        return program().getSubcommands();
    }

    private static CommandLine program() {
        return new Ifbus(new Environment(
                        Map.of(), null, new Console(System.out, System.err, Style.PLAIN), null, null, null))
                .commandLine();
    }

    static Stream<String> names() {
        return commands().keySet().stream();
    }

    private static String page() throws IOException {
        return Files.readString(Launched.ROOT.resolve("docs/cli.md"));
    }

    /** {@code call FROM TO} and the options of its own, sorted. */
    private static String documented(MatchResult row) {
        return row.group(1) + " " + options(row.group(2));
    }

    private static String options(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).sorted().collect(Collectors.joining(" "));
    }

    private static String implemented(String name, CommandLine command) {
        List<String> words = new ArrayList<>(List.of(name));
        command.getCommandSpec().positionalParameters().stream()
                .map(DocumentationTest::parameter)
                .forEach(words::add);
        String own = command.getCommandSpec().options().stream()
                .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
                .map(OptionSpec::longestName)
                .sorted()
                .collect(Collectors.joining(" "));
        return String.join(" ", words) + " " + own;
    }

    private static String parameter(PositionalParamSpec parameter) {
        String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    @Test
    void the_page_has_each_command_with_its_parameters_and_options() throws Exception {
        List<String> implemented = new ArrayList<>();
        new TreeMap<>(commands()).forEach((name, command) -> implemented.add(implemented(name, command)));

        assertThat(ROW.matcher(page())
                        .results()
                        .map(DocumentationTest::documented)
                        .sorted())
                .hasSizeGreaterThan(15)
                .containsExactlyInAnyOrderElementsOf(implemented);
    }

    @Test
    void the_page_has_the_options_of_every_command() throws Exception {
        Pattern row = Pattern.compile("(?m)^\\| `(--[a-z-]+)` \\|");

        assertThat(row.matcher(page()).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(program().getCommandSpec().options().stream()
                        .map(OptionSpec::longestName)
                        .toList());
    }

    @Test
    void the_page_has_the_exit_codes() throws Exception {
        Pattern row = Pattern.compile("(?m)^\\| (\\d) \\| ([^|]+) \\|");

        assertThat(row.matcher(page())
                        .results()
                        .map(match -> match.group(1) + " " + match.group(2).replace("`", "")))
                .containsExactlyElementsOf(Stream.of(ExitCode.values())
                        .map(code -> code.number() + " " + code.meaning().replace("`", ""))
                        .toList());
    }

    @Test
    void every_example_of_the_page_is_understood() throws Exception {
        List<String> examples = Pattern.compile("(?m)^bin/ifbus (.+)$")
                .matcher(page())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(examples).hasSizeGreaterThan(5).allSatisfy(example -> program()
                .parseArgs(example.split(" ")));
    }

    @ParameterizedTest
    @MethodSource("names")
    void help_has_an_example_that_is_understood_and_the_exit_codes(String name) {
        assertThat(operator.types(name, "--help")).isZero();

        String help = operator.out();
        List<String> examples = Pattern.compile("(?m)^  ifbus (" + name + "\\b.*)$")
                .matcher(help)
                .results()
                .map(match -> match.group(1).replace("'", ""))
                .toList();
        assertThat(examples).isNotEmpty().allSatisfy(example -> program().parseArgs(example.split(" ")));
        for (ExitCode code : ExitCode.values()) {
            assertThat(help).containsPattern("(?m)^  " + code.number() + "   " + Pattern.quote(code.meaning()));
        }
        assertThat(new TreeSet<>(List.of(options(help).split(" ")))).contains("--url", "--token-file", "--json");
    }

    @Test
    void the_programs_help_names_every_command() {
        assertThat(operator.types("--help")).isZero();

        assertThat(operator.out()).contains(commands().keySet()).contains("Exit codes:");
    }
}
