// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jboss.as.controller.client.ModelControllerClient;
import org.jboss.as.controller.client.ModelControllerClientConfiguration;
import org.jboss.dmr.ModelNode;

/** The management interface of a server on this machine. */
public final class Management implements AutoCloseable {

    private static final int LIMIT_MS = 10_000;

    private final ModelControllerClient client;

    Management(int port) {
        client = ModelControllerClient.Factory.create(new ModelControllerClientConfiguration.Builder()
                .setProtocol("remote+http")
                .setHostName("127.0.0.1")
                .setPort(port)
                .setConnectionTimeout(LIMIT_MS)
                .build());
    }

    /**
     * Reads an attribute, resolved.
     *
     * @param address as the CLI writes it: {@code /subsystem=sip}
     */
    public ModelNode read(String address, String attribute) {
        ModelNode operation = operation(address, "read-attribute");
        operation.get("name").set(attribute);
        operation.get("resolve-expressions").set(true);
        return execute(operation);
    }

    /** An operation without its parameters. */
    public static ModelNode operation(String address, String name) {
        ModelNode path = new ModelNode().setEmptyList();
        Stream.of(address.split("/")).filter(part -> !part.isEmpty()).forEach(part -> {
            int equals = part.indexOf('=');
            path.add(part.substring(0, equals), part.substring(equals + 1));
        });
        ModelNode operation = new ModelNode();
        operation.get("operation").set(name);
        operation.get("address").set(path);
        return operation;
    }

    /** @throws IllegalStateException with what the server said if it refuses */
    public ModelNode execute(ModelNode operation) {
        try {
            ModelNode answer = client.execute(operation);
            if (!"success".equals(answer.get("outcome").asString()))
                throw new IllegalStateException(operation.toJSONString(true) + ": " + answer.toJSONString(true));
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
