// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import javax.servlet.sip.ar.SipApplicationRouter;

/** Where the application router's configuration comes from. Not safe for use by several threads. */
final class RouterConfiguration {
    /** JSR 289 appendix C: a hierarchical URI. */
    private static final String FILE = "javax.servlet.sip.dar";

    private final ApplicationRouting routing;
    private boolean fromFile;
    private Map<String, String> read = Map.of();

    RouterConfiguration(ApplicationRouting routing) {
        this.routing = routing;
    }

    /** @throws IllegalArgumentException if it cannot be parsed, naming the method or the line */
    static void check(Map<String, String> routes) {
        Map<String, String> wanted = read(routes);
        if (!wanted.isEmpty()) {
            new DefaultRouter(wanted).init();
        }
    }

    /** @throws IllegalArgumentException as {@link #check} does; nothing has changed */
    void configure(Map<String, String> routes) {
        Map<String, String> wanted = read(routes);
        routing.configure(wanted);
        fromFile = isInFile(routes);
        read = wanted;
    }

    private static boolean isInFile(Map<String, String> routes) {
        return routes.isEmpty() && System.getProperty(FILE) != null;
    }

    private static Map<String, String> read(Map<String, String> routes) {
        try {
            return isInFile(routes) ? ApplicationRouterFile.read(file()) : routes;
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    void use(SipApplicationRouter router) {
        routing.use(router);
        fromFile = false;
    }

    /** Reads the file again, if there is one; a file that has become wrong changes nothing. */
    void refresh() {
        if (!fromFile) {
            return;
        }
        try {
            Map<String, String> now = ApplicationRouterFile.read(file());
            if (!now.equals(read)) {
                routing.configure(now);
                read = now;
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.routerFileRefused(e.getMessage());
        }
    }

    private static Path file() {
        String name = System.getProperty(FILE, "");
        return name.startsWith("file:") ? Path.of(URI.create(name)) : Path.of(name);
    }
}
