// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.engine;

import io.ifbus.sip.engine.Linkage.Broken;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;

/**
 * The build's linkage check. Arguments are file name prefixes: class path entries that begin with one are checked, against the
 * whole class path less this check's own directory and libraries, and the JDK. Prints each broken reference and exits 1 if
 * one is not listed in {@code optional-references.txt}, or if an entry of that list is of no use any more.
 */
final class LinkageCheck {

    private static final List<String> OWN = List.of("test-classes", "asm-", "junit-", "assertj-", "byte-buddy-");

    /** A reference that may lead nowhere, by the prefixes of both ends. */
    record Optional(String user, String target) {

        static Optional of(String line) {
            String[] ends = line.split(" -> ");
            if (ends.length != 2) {
                throw new IllegalArgumentException("not 'user -> target': " + line);
            }
            return new Optional(ends[0], ends[1]);
        }

        boolean excuses(Broken broken) {
            return broken.user().startsWith(user) && broken.target().startsWith(target);
        }

        @Override
        public String toString() {
            return user + " -> " + target;
        }
    }

    private LinkageCheck() {}

    public static void main(String[] prefixes) throws IOException {
        List<Path> path = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !startsWithOne(entry, OWN))
                .toList();
        List<Path> checked = path.stream()
                .filter(entry -> startsWithOne(entry, List.of(prefixes)))
                .toList();
        if (checked.size() < prefixes.length) {
            throw new IllegalArgumentException(
                    "of " + List.of(prefixes) + " only " + checked + " is on the class path");
        }
        List<String> faults = faults(check(checked, path), optional());
        faults.forEach(System.err::println);
        if (!faults.isEmpty()) {
            System.err.println(faults.size() + " linkage faults");
            System.exit(1);
        }
        System.out.println("Linkage of " + checked.size() + " jars: nothing unresolved");
    }

    /** What is broken in {@code checked} when only {@code path} and the JDK are there. */
    static Set<Broken> check(List<Path> checked, List<Path> path) throws IOException {
        URL[] urls = path.stream().map(LinkageCheck::url).toArray(URL[]::new);
        try (URLClassLoader all = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            Linkage linkage = new Linkage(new KnownClasses(all));
            for (Path entry : checked) {
                readAll(entry, linkage);
            }
            return linkage.broken();
        }
    }

    /** The broken references that nothing excuses, then the excuses that excuse nothing. */
    static List<String> faults(Set<Broken> broken, List<Optional> optional) {
        List<String> faults = new ArrayList<>();
        Set<Optional> unused = new LinkedHashSet<>(optional);
        for (Broken each : broken) {
            List<Optional> excuses =
                    optional.stream().filter(entry -> entry.excuses(each)).toList();
            excuses.forEach(unused::remove);
            if (excuses.isEmpty()) {
                faults.add(each.toString());
            }
        }
        unused.forEach(entry -> faults.add(entry + ": listed as optional, but nothing needs it"));
        return faults;
    }

    private static List<Optional> optional() throws IOException {
        try (InputStream list = LinkageCheck.class.getResourceAsStream("optional-references.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(Optional::of)
                    .toList();
        }
    }

    private static void readAll(Path entry, Linkage linkage) throws IOException {
        if (Files.isDirectory(entry)) {
            try (Stream<Path> files = Files.walk(entry)) {
                for (Path file : files.filter(LinkageCheck::isClass).toList()) {
                    linkage.check(new ClassReader(Files.readAllBytes(file)));
                }
            }
            return;
        }
        try (ZipFile jar = new ZipFile(entry.toFile())) {
            for (ZipEntry each :
                    jar.stream().filter(e -> isClass(Path.of(e.getName()))).toList()) {
                try (InputStream bytes = jar.getInputStream(each)) {
                    linkage.check(new ClassReader(bytes));
                }
            }
        }
    }

    private static boolean isClass(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".class") && !name.equals("module-info.class");
    }

    private static boolean startsWithOne(Path entry, List<String> prefixes) {
        return prefixes.stream().anyMatch(entry.getFileName().toString()::startsWith);
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry.toString(), e);
        }
    }
}
