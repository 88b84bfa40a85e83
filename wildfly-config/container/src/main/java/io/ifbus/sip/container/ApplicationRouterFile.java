// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The default application router's configuration as a properties file (JSR 289 appendix C). */
public final class ApplicationRouterFile {
    private ApplicationRouterFile() {}

    /**
     * Reads and checks a file.
     *
     * @return tuples by method, in the order of the file
     * @throws IOException if it cannot be read, with its name
     * @throws IllegalArgumentException if a line of it is wrong, with its name and the number of the line
     */
    public static Map<String, String> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new IOException("application router file " + file + " cannot be read: " + e, e);
        }
        Map<String, String> routes = new LinkedHashMap<>();
        int next = 0;
        while (next < lines.size()) {
            int first = next;
            StringBuilder logical = new StringBuilder(lines.get(next++));
            while (isContinued(logical) && next < lines.size()) {
                logical.append('\n').append(lines.get(next++));
            }
            add(routes, logical.toString(), file + " line " + (first + 1) + ": ");
        }
        return routes;
    }

    private static boolean isContinued(CharSequence line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1 && !line.toString().stripLeading().startsWith("#");
    }

    private static void add(Map<String, String> routes, String line, String where) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(line));
            for (String method : properties.stringPropertyNames()) {
                String tuples = properties.getProperty(method);
                new DefaultRouter(Map.of(method, tuples)); // throws if they are wrong
                if (routes.put(method, tuples) != null) {
                    throw new IllegalArgumentException("a second line for " + method);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + e.getMessage(), e);
        }
    }
}
