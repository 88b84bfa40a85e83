// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Servers with the application, {@code node1} to {@code nodeN}, that are to find each other. */
public final class Cluster implements AutoCloseable {

    private static final int TRIES = 3;

    private final List<ServerProcess> nodes;

    private Cluster(List<ServerProcess> nodes) {
        this.nodes = nodes;
    }

    /**
     * Starts them all at once and waits until each is ready for calls.
     *
     * @throws IllegalStateException if one does not start; no process is left
     */
    public static Cluster of(int size) {
        for (int attempt = 1; ; attempt++) {
            Cluster cluster = launch(size);
            try {
                cluster.nodes.forEach(ServerProcess::awaitStarted);
                return cluster;
            } catch (PortTaken e) {
                cluster.close();
                if (attempt == TRIES) throw e;
            } catch (IllegalStateException e) {
                cluster.close();
                throw e;
            }
        }
    }

    private static Cluster launch(int size) {
        List<PortOffset> offsets =
                IntStream.range(0, size).mapToObj(i -> PortOffset.find()).toList();
        String hosts = offsets.stream()
                .map(offset -> "127.0.0.1[" + offset.cluster() + "]")
                .collect(Collectors.joining(","));
        List<ServerProcess> nodes = new ArrayList<>();
        for (PortOffset offset : offsets) {
            nodes.add(SharedServer.routed(ServerProcess.named("node" + (nodes.size() + 1)))
                    .configuration(Configuration.HA)
                    .property("ifbus.cluster.hosts", hosts)
                    .at(offset)
                    .launch());
        }
        return new Cluster(List.copyOf(nodes));
    }

    public List<ServerProcess> nodes() {
        return nodes;
    }

    /** @param number from 1 */
    public ServerProcess node(int number) {
        return nodes.get(number - 1);
    }

    @Override
    public void close() {
        nodes.forEach(ServerProcess::close);
    }
}
