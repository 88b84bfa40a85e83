// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows of docs/conformance.md, and what the tests' sources say that they prove. */
final class ConformanceTable {
    private static final Pattern ROW = Pattern.compile("\\| `([\\w.-]+)` \\| (.*) \\| (.*) \\|");
    private static final Pattern PROVES =
            Pattern.compile("@Proves\\(([^)]*)\\)(?:\\s*@\\w+(?:\\([^)]*\\))?)*\\s*(?:\\w+\\s+)*?void (\\w+)\\(");
    private static final Pattern ID = Pattern.compile("\"([^\"]+)\"");
    private static final String SUMMARY = "Proved: ";
    private static final int SHOWN = 2;

    private final Path file;
    private final List<String> lines;

    private ConformanceTable(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static ConformanceTable read(Path repository) throws IOException {
        Path file = repository.resolve("docs/conformance.md");
        return new ConformanceTable(file, Files.readAllLines(file));
    }

    /** The last cell of each row by its id. Fails when an id stands there twice. */
    Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches() && rows.put(row.group(1), row.group(3)) != null) {
                throw new AssertionError("two rows " + row.group(1));
            }
        }
        return rows;
    }

    /** The lines as they should be, given what is proved: a row without a proof keeps its explanation. */
    List<String> updated(Map<String, Set<String>> proofs) {
        Map<String, String> rows = rows();
        long proved = rows.keySet().stream().filter(proofs::containsKey).count();
        return lines.stream()
                .map(line -> line.startsWith(SUMMARY) ? summary(proved, rows.size()) : updated(line, proofs))
                .toList();
    }

    private static String summary(long proved, int rows) {
        return SUMMARY + proved + " of " + rows + " rows (" + Math.round(1000.0 * proved / rows) / 10.0 + " %).";
    }

    private static String updated(String line, Map<String, Set<String>> proofs) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return line;
        }
        Set<String> tests = proofs.get(row.group(1));
        String cell = tests != null ? cell(tests) : row.group(3).startsWith("no") ? row.group(3) : "no";
        return "| `" + row.group(1) + "` | " + row.group(2) + " | " + cell + " |";
    }

    private static String cell(Set<String> tests) {
        return tests.stream().limit(SHOWN).map(test -> "`" + test + "`").collect(Collectors.joining(", "))
                + (tests.size() > SHOWN ? " and " + (tests.size() - SHOWN) + " more" : "");
    }

    List<String> lines() {
        return lines;
    }

    void write(List<String> newLines) throws IOException {
        Files.write(file, newLines);
    }

    /** Tests by the row that they prove, as {@code Class.method}. */
    static Map<String, Set<String>> proofs(Path repository) throws IOException {
        Map<String, Set<String>> proofs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(repository)) {
            files.filter(ConformanceTable::isTestSource).forEach(source -> collect(source, proofs));
        }
        return proofs;
    }

    private static boolean isTestSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/test/") && !path.contains("/target/");
    }

    private static void collect(Path source, Map<String, Set<String>> proofs) {
        String name = source.getFileName().toString().replace(".java", "");
        String text;
        try {
            text = Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher test = PROVES.matcher(text);
        while (test.find()) {
            Matcher id = ID.matcher(test.group(1));
            while (id.find()) {
                proofs.computeIfAbsent(id.group(1), key -> new TreeSet<>()).add(name + "." + test.group(2));
            }
        }
    }
}
