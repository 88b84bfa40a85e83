// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read. */
final class Secret {

    private Secret() {}

    /** A new file with this content, below the servers' own directories. */
    static Path file(String content) {
        try {
            Path work = Files.createDirectories(Path.of(ServerBuilder.required("ifbus.work")));
            Path file = Files.createTempFile(
                    work,
                    "secret-",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
