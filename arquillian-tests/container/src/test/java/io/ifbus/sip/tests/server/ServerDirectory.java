// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server of the tests has on disk, apart from the program: configuration, deployments, token and logs. */
final class ServerDirectory {

    private static final int ERRORS = 10;
    private static final int TAIL = 60;
    private static final String SIP = "<subsystem xmlns=\"urn:ifbus:sip:1.0\"";
    /** What the server says when it is up, whether or not each part of it is. */
    private static final Pattern STARTED = Pattern.compile("WFLYSRV002[56]:");

    private final Path base;
    private final List<String> deployments;

    private ServerDirectory(Path base, List<String> deployments) {
        this.base = base;
        this.deployments = deployments;
    }

    static ServerDirectory create(ServerBuilder wanted) throws IOException {
        Path work = Path.of(ServerBuilder.required("ifbus.work"));
        Files.createDirectories(work);
        Path base = Files.createTempDirectory(work, wanted.name() + "-");
        copy(wanted.home().resolve("standalone/configuration"), base.resolve("configuration"));
        configure(base.resolve("configuration").resolve(wanted.configuration().file()), wanted.sip());
        Path folder = Files.createDirectory(base.resolve("deployments"));
        List<String> names = new ArrayList<>();
        for (Path archive : wanted.deployments()) {
            String name = archive.getFileName().toString();
            Files.copy(archive, folder.resolve(name));
            names.add(name);
        }
        Path token = Files.createFile(
                base.resolve("token"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(token, UUID.randomUUID() + "\n");
        return new ServerDirectory(base, List.copyOf(names));
    }

    private static void configure(Path file, Map<String, String> sip) throws IOException {
        if (sip.isEmpty()) return;
        StringBuilder element = new StringBuilder(SIP);
        sip.forEach((name, value) ->
                element.append(' ').append(name).append("=\"").append(value).append('"'));
        String text = Files.readString(file);
        if (!text.contains(SIP + ">")) throw new IllegalStateException("no plain " + SIP + "> in " + file);
        Files.writeString(file, text.replace(SIP + ">", element + ">"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) Files.copy(file, to.resolve(from.relativize(file)));
        }
    }

    /** How the server is started here. */
    List<String> command(ServerBuilder wanted, PortOffset offset) {
        List<String> command = new ArrayList<>(wanted.wrapper());
        command.add(wanted.home().resolve("bin/standalone.sh").toString());
        command.addAll(List.of("-c", wanted.configuration().file()));
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Djboss.node.name=" + wanted.name());
        command.add("-Djboss.tx.node.id=" + wanted.name());
        command.add("-Djboss.socket.binding.port-offset=" + offset.value());
        command.add("-Difbus.api.token-file=" + base.resolve("token"));
        wanted.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
        return command;
    }

    Path path() {
        return base;
    }

    Path console() {
        return base.resolve("console.log");
    }

    String token() {
        return read(base.resolve("token")).strip();
    }

    /** Whether the server runs with all its deployments. */
    boolean isStarted() {
        return STARTED.matcher(log()).find() && deployments.stream().allMatch(name -> has(name, ".deployed"));
    }

    /** What the server says went wrong while starting, if anything did. */
    Optional<String> failure() {
        if (isPortTaken()) return Optional.of("could not have a port");
        return deployments.stream()
                .filter(name -> has(name, ".failed"))
                .findFirst()
                .map(name -> "could not deploy " + name);
    }

    private boolean has(String deployment, String marker) {
        return Files.exists(base.resolve("deployments").resolve(deployment + marker));
    }

    /** Whether the server could not have one of its ports. */
    boolean isPortTaken() {
        return log().contains("Address already in use");
    }

    String log() {
        return Files.exists(console()) ? read(console()) : "";
    }

    /** The first errors in its log, and its end. */
    String excerpt() {
        List<String> lines = log().lines().toList();
        Stream<String> errors =
                lines.stream().filter(line -> line.contains(" ERROR ")).limit(ERRORS);
        Stream<String> end = lines.stream().skip(Math.max(0, lines.size() - TAIL));
        return Stream.concat(errors, end).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
