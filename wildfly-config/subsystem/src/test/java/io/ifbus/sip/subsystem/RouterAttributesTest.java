// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of the application router, and the file that may hold them. */
final class RouterAttributesTest {
    private static final String LINE = "(\"first\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")";

    @TempDir
    Path directory;

    @Test
    void theFileHoldsALinePerMethod() throws Exception {
        Path file = Files.writeString(
                directory.resolve("dar.properties"), "# routes\nINVITE: " + LINE + "\nOPTIONS: " + LINE);

        assertThat(RouterAttributes.read(file)).isEqualTo(Map.of("INVITE", LINE, "OPTIONS", LINE));
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        Path file = directory.resolve("none.properties");

        assertThatThrownBy(() -> RouterAttributes.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("application-router-file " + file + " does not exist");
    }

    @Test
    void aFileThatIsNoTextIsNamed() throws Exception {
        Path file = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> RouterAttributes.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("application-router-file " + file + " cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                LINE,
                LINE + ", (\"second\", \"DAR:To\", \"TERMINATING\", \"sip:next@127.0.0.1\", \"ROUTE\", \"1\")",
                "(\"a\",\"sip:bob@home\",\"NEUTRAL\",\"\",\"ROUTE_BACK\",\"12\",\"DIRECTION=INBOUND\")"
            })
    void aLineListsApplications(String line) {
        assertThat(RouterAttributes.checked("dar", Map.of("INVITE", line))).containsEntry("INVITE", line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "first",
                "(\"first\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\")",
                "(\"first\", \"DAR:From\", \"SIDEWAYS\", \"\", \"NO_ROUTE\", \"0\")",
                "(\"first\", \"DAR:From\", \"ORIGINATING\", \"\", \"CLEAR_ROUTE\", \"0\")",
                "(\"first\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"last\")",
                "(\"\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")",
                LINE + " and more"
            })
    void aLineThatIsNotRightIsShownWithItsOriginAndMethod(String line) {
        assertThatThrownBy(() -> RouterAttributes.checked("dar.properties", Map.of("INVITE", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("dar.properties, INVITE: expected (\"application\", ")
                .hasMessageEndingWith("but found " + line);
    }
}
