// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one server with the application that most telephone stories run on: started for the first, stopped after the last. */
public final class SharedServer {

    /** Who the servers of the telephone stories are to a phone that asks for credentials. */
    public static final String TRUNK_USER = "exchange";

    public static final String TRUNK_PASSWORD = "open-sesame-" + UUID.randomUUID();

    private SharedServer() {}

    public static ServerProcess of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .getOrComputeIfAbsent(
                        SharedServer.class,
                        key -> trusting(routed(ServerProcess.named("shared"))).start(),
                        ServerProcess.class);
    }

    /**
     * The application with the routes of the telephone stories: {@code echo} is the echo; who dials a number reaches the
     * phone at that loopback port, by TCP if the number is dialled at {@code localhost}. Nobody else can be reached.
     */
    public static ServerBuilder routed(ServerBuilder server) {
        List<String> names = new ArrayList<>(List.of("echo"));
        for (int digit = 1; digit <= 9; digit++) {
            names.add(route(server, "tcp" + digit, digit + "*@localhost", "sip:phone@127.0.0.1:{user};transport=tcp"));
            names.add(route(server, "udp" + digit, digit + "*@127.0.0.1", "sip:phone@127.0.0.1:{user}"));
        }
        return server.withApplication().property("ifbus.routes", String.join(",", names));
    }

    /**
     * With credentials for the phones' realm, with {@code 127.0.0.1} as a host that is trusted, while {@code localhost}
     * is not, and with streams of events that say often that they live.
     */
    public static ServerBuilder trusting(ServerBuilder server) {
        return server.property("ifbus.trunks", "phones")
                .property("ifbus.trunks.phones.host", "127.0.0.1")
                .property("ifbus.trunks.phones.user", TRUNK_USER)
                .property(
                        "ifbus.trunks.phones.password-file",
                        Secret.file(TRUNK_PASSWORD).toString())
                .property("ifbus.trusted-hosts", "127.0.0.1")
                .property("ifbus.events.heartbeat", "PT1S");
    }

    private static String route(ServerBuilder server, String name, String to, String target) {
        server.property("ifbus.routes." + name + ".to", to);
        server.property("ifbus.routes." + name + ".target", target);
        return name;
    }
}
