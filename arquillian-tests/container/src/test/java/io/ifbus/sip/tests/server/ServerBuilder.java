// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a server is like, before it is started. Mutable, for one thread. */
public final class ServerBuilder {

    private static final int TRIES = 3;
    private static final String LIKE_RUN = "-Xms512m -Xmx1g -XX:+UseG1GC -XX:MaxGCPauseMillis=20";

    private final String name;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> sip = new LinkedHashMap<>();
    private final List<Path> deployments = new ArrayList<>();
    private final List<String> wrapper = new ArrayList<>();
    private Configuration configuration = Configuration.SINGLE;
    private Path home = Path.of(required("ifbus.server.home"));
    private Path javaHome = Path.of(System.getProperty("java.home"));
    private String memory = LIKE_RUN;
    private boolean application;
    private Optional<PortOffset> offset = Optional.empty();

    ServerBuilder(String name) {
        this.name = requireNonNull(name, "name");
    }

    /** Deploys IF.bus SIP; the server counts as started when it says that it is ready for calls. */
    public ServerBuilder withApplication() {
        application = true;
        return deploying(Path.of(required("ifbus.ear")));
    }

    /** Deploys an archive; the server counts as started when that is done. */
    public ServerBuilder deploying(Path archive) {
        deployments.add(archive);
        return this;
    }

    public ServerBuilder configuration(Configuration wanted) {
        configuration = wanted;
        return this;
    }

    /** A system property of the server: any setting of the application, too. */
    public ServerBuilder property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    /** An attribute of {@code /subsystem=sip}, such as {@code t1}, written into the configuration file. */
    public ServerBuilder sip(String attribute, String value) {
        sip.put(attribute, value);
        return this;
    }

    /** Another server than the one of this build. */
    public ServerBuilder home(Path wanted) {
        home = wanted;
        return this;
    }

    public ServerBuilder javaHome(Path wanted) {
        javaHome = wanted;
        return this;
    }

    /** Options for the server's heap; those of {@code ./run} unless told. */
    public ServerBuilder memory(String options) {
        memory = options;
        return this;
    }

    /** A command that gets the server's own command as its last arguments and runs it. */
    public ServerBuilder under(String... command) {
        wrapper.addAll(List.of(command));
        return this;
    }

    /** These ports and no others; otherwise any that are free. */
    public ServerBuilder at(PortOffset fixed) {
        offset = Optional.of(fixed);
        return this;
    }

    /**
     * Starts it and waits until it can be used.
     *
     * @throws IllegalStateException with the end of its log if it does not start; no process is left
     */
    public ServerProcess start() {
        for (int attempt = 1; ; attempt++) {
            ServerProcess server = launch();
            try {
                server.awaitStarted();
                return server;
            } catch (PortTaken e) {
                if (offset.isPresent() || attempt == TRIES) throw e;
            }
        }
    }

    /** Starts it and returns at once; {@link ServerProcess#awaitStarted} is to follow. */
    public ServerProcess launch() {
        try {
            return ServerProcess.launch(this, offset.orElseGet(PortOffset::find));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String required(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .orElseThrow(() -> new IllegalStateException("system property " + property + " is missing"));
    }

    String name() {
        return name;
    }

    Map<String, String> properties() {
        return properties;
    }

    Map<String, String> sip() {
        return sip;
    }

    List<Path> deployments() {
        return deployments;
    }

    List<String> wrapper() {
        return wrapper;
    }

    Configuration configuration() {
        return configuration;
    }

    Path home() {
        return home;
    }

    Path javaHome() {
        return javaHome;
    }

    String memory() {
        return memory;
    }

    boolean application() {
        return application;
    }
}
