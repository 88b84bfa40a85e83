// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The system's own table of names, read anew when it has changed. Safe for use by any thread. */
final class HostsFile {
    private final Path path;
    private FileTime readAt; // this and the next: guarded by this
    private Map<String, List<String>> addresses = Map.of();

    HostsFile(Path path) {
        this.path = path;
    }

    /** Addresses of that name; none if the file does not have it. The name localhost needs no file (RFC 6761). */
    synchronized List<String> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<String> found = current().getOrDefault(wanted, List.of());
        boolean local = wanted.equals("localhost") || wanted.endsWith(".localhost");
        return found.isEmpty() && local ? List.of("127.0.0.1", "::1") : found;
    }

    private Map<String, List<String>> current() {
        try {
            FileTime changed = Files.getLastModifiedTime(path);
            if (!changed.equals(readAt)) {
                addresses = read();
                readAt = changed;
            }
        } catch (IOException e) { // a system without that file has no such names
            readAt = null;
            addresses = Map.of();
        }
        return addresses;
    }

    private Map<String, List<String>> read() throws IOException {
        Map<String, List<String>> table = new HashMap<>();
        for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
            for (int i = 1; i < words.length; i++) {
                table.computeIfAbsent(words[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(words[0]);
            }
        }
        return table;
    }
}
