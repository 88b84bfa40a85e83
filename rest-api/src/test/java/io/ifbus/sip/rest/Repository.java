// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The files of this repository, without what a build makes. */
final class Repository {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of(".git", "target");

    private Repository() {}

    /** One document: the README and all under docs. */
    record Document(Path path, String text) {

        /** As it stands in the repository. */
        String name() {
            return ROOT.relativize(path).toString();
        }

        List<String> paragraphs() {
            return Arrays.asList(text.split("\\n\\s*\\n"));
        }

        /** Without its code, for what looks like Markdown in it. */
        String prose() {
            return text.replaceAll("(?s)```.*?```", "").replaceAll("`[^`\n]*`", "");
        }

        /** What stands between single backticks. */
        List<String> code() {
            return all("`([^`\n]+)`", text).stream()
                    .map(match -> match.group(1))
                    .toList();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static List<Document> documents() {
        List<Document> documents = new ArrayList<>();
        documents.add(document(ROOT.resolve("README.md")));
        files(ROOT.resolve("docs"), ".md").forEach(path -> documents.add(document(path)));
        return documents;
    }

    static Document document(String name) {
        return document(ROOT.resolve(name));
    }

    private static Document document(Path path) {
        return new Document(path, read(path));
    }

    /** Under {@code directory}, in the order of their names. */
    static List<Path> files(Path directory, String suffix) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(path.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    if (path.toString().endsWith(suffix)) {
                        found.add(path);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().toList();
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<MatchResult> all(String regex, String text) {
        return Pattern.compile(regex).matcher(text).results().toList();
    }
}
