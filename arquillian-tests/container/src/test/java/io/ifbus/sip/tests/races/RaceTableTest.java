// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each race test has its row in docs/races.md, and each row its test. */
class RaceTableTest {

    private static final Path TABLE = Path.of("../../docs/races.md");
    private static final int COLUMNS = 5;
    private static final Pattern NAME = Pattern.compile("`(\\w+RacesIT\\.\\w+)`");

    @Test
    void tableAndTestsAreTheSame() throws Exception {
        assertThat(named()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(tests());
    }

    @Test
    void eachRowSaysAllAndNamesItsTest() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(40).allSatisfy(row -> {
            List<String> cells =
                    Stream.of(row.substring(1).split("\\|")).map(String::strip).toList();
            assertThat(cells).hasSize(COLUMNS).noneMatch(String::isEmpty);
            assertThat(cells.get(COLUMNS - 1)).matches(NAME);
        });
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("| what crosses") && !line.startsWith("|---"))
                .toList();
    }

    private static List<String> named() throws IOException {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(Files.readString(TABLE));
        while (matcher.find()) names.add(matcher.group(1));
        return names;
    }

    private static List<String> tests() throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(RaceTableTest.class.getResource("").toURI());
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith("RacesIT.class"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                for (Method method : Class.forName(RaceTableTest.class.getPackageName() + '.' + name)
                        .getDeclaredMethods())
                    if (method.isAnnotationPresent(Test.class)) names.add(name + '.' + method.getName());
            }
        }
        return names;
    }
}
