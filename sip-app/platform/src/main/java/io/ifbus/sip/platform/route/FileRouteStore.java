// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteStore;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Routes in a JSON file, which is replaced as a whole: whenever the node or its machine dies, the file holds what was
 * saved last or what was saved before. The new content is written next to it, to {@code <file>.new}.
 *
 * <p>Loaded once, before anything is saved. One thread at a time.
 */
public final class FileRouteStore implements RouteStore {

    private final RouteJson json = new RouteJson();
    private final Path file;
    private final Path next;
    private volatile boolean loaded;

    /** @param file need not exist, nor its directory */
    public FileRouteStore(Path file) {
        this.file = requireNonNull(file, "file").toAbsolutePath();
        next = this.file.resolveSibling(this.file.getFileName() + ".new");
    }

    /** @throws RouteFileRefused if the file is there and cannot be read; it is left as it is */
    @Override
    public List<Route> load() {
        List<Route> routes = read();
        loaded = true;
        return routes;
    }

    private List<Route> read() {
        try {
            return json.read(Files.readString(file));
        } catch (NoSuchFileException e) { // nothing was saved yet
            return List.of();
        } catch (IOException | IllegalArgumentException e) {
            throw new RouteFileRefused(file, e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if the file cannot be written; it holds what it held before, or all of the new if the
     *     disk failed at the very last step
     */
    @Override
    public void save(List<Route> routes) {
        if (!loaded) { // or a file that was refused would be lost
            throw new IllegalStateException("the route file " + file + " was not loaded");
        }
        try {
            Files.createDirectories(file.getParent());
            write(json.write(routes));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("the route file " + file + " cannot be written", e);
        }
    }

    private void write(String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer octets = ByteBuffer.wrap(text.getBytes(UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        }
    }

    /** Makes the new name outlive a power cut; where directories cannot be opened, the file system sees to that. */
    private void forceDirectory() throws IOException {
        if (File.separatorChar == '/') {
            try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}
