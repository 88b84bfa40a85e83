// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is handed out. */
class OneJarIT {

    private static final Path JAR = Path.of("target/ifbus-cli.jar");

    @Test
    void runs_by_the_launcher_and_knows_its_version(@TempDir Path directory) throws Exception {
        Launched run = Launched.run(directory, Map.of(), List.of(Launched.LAUNCHER.toString(), "--version"));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).matches("ifbus \\d+\\.\\d+\\.\\d+\n");
        assertThat(run.code()).isZero();
    }

    @Test
    void reads_json(@TempDir Path directory) throws Exception {
        try (FakeApi api = new FakeApi()) {
            api.answers("GET /v1/routes", 200, "{\"routes\":[{\"name\":\"echo\"}]}");
            Operator operator = new Operator(directory, api); // for its token file
            Path token = directory.resolve("target/run/token");

            Launched run = Launched.run(
                    directory,
                    Map.of("IFBUS_URL", operator.variables.get("IFBUS_URL"), "IFBUS_TOKEN_FILE", token.toString()),
                    List.of(Launched.LAUNCHER.toString(), "routes"));

            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("\necho  ");
        }
    }

    @Test
    void keeps_the_licences_and_notices_of_what_is_inside() throws Exception {
        try (ZipFile jar = new ZipFile(JAR.toFile())) {
            assertThat(text(jar, "META-INF/LICENSE"))
                    .contains("GNU AFFERO GENERAL PUBLIC LICENSE")
                    .contains("Apache License")
                    .contains("Version 2.0, January 2004");
            assertThat(text(jar, "META-INF/NOTICE")).contains("picocli").contains("# Jackson JSON processor");
            assertThat(jar.getEntry("META-INF/FastDoubleParser-NOTICE")).isNotNull();
        }
    }

    private static String text(ZipFile jar, String entry) throws Exception {
        return new String(jar.getInputStream(jar.getEntry(entry)).readAllBytes(), UTF_8);
    }
}
