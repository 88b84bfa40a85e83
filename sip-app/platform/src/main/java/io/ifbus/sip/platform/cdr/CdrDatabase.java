// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.cdr.CdrStoreUnavailable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Set;
import org.h2.Driver;
import org.h2.api.ErrorCode;

/**
 * The database file and its life: opened when it is first used, opened anew after a failure, set aside when it is
 * damaged. For use by any thread.
 */
final class CdrDatabase implements AutoCloseable {

    private static final String NAME = "cdr";
    private static final String FILE = NAME + ".mv.db";
    private static final String DATA_EXCEPTION = "22";

    /**
     * No shutdown hook of its own, since the application closes it; no trace file, since failures are logged here; a
     * cache of 16 MiB.
     */
    private static final String OPTIONS = ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;CACHE_SIZE=16384";

    private final Path directory;
    private final String url;
    private boolean closed;
    /** H2 keeps a database open as long as somebody is connected; so one connection stays. */
    private Connection anchor;

    /**
     * Touches nothing yet.
     *
     * @throws IllegalArgumentException if H2 cannot be told of such a directory
     */
    CdrDatabase(Path directory) {
        this(directory, "file");
    }

    /** @param fileSystem one that H2 knows */
    CdrDatabase(Path directory, String fileSystem) {
        if (directory.toString().contains(";")) {
            throw new IllegalArgumentException("A directory with ';' in its name cannot be used: " + directory);
        }
        this.directory = directory.toAbsolutePath();
        this.url = "jdbc:h2:" + fileSystem + ":" + this.directory.resolve(NAME) + OPTIONS;
    }

    /** Something to be done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * Does {@code work} in one transaction.
     *
     * @throws IllegalArgumentException if the database refuses a value; nothing was changed
     * @throws CdrStoreUnavailable if anything else fails
     */
    <T> T run(Work<T> work) {
        try {
            open();
            try (Connection connection = connect()) {
                connection.setAutoCommit(false);
                T done = work.on(connection);
                connection.commit();
                return done;
            }
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(DATA_EXCEPTION)) {
                throw new IllegalArgumentException(e);
            }
            reopenNextTime(e);
            throw new CdrStoreUnavailable(e);
        } catch (IOException e) {
            throw new CdrStoreUnavailable(e);
        }
    }

    private synchronized void open() throws SQLException, IOException {
        if (closed) {
            throw new SQLException("closed");
        }
        if (anchor == null) {
            createDirectory();
            anchor = connectOrSetAside();
            CdrSchema.bring(anchor);
        }
    }

    private Connection connectOrSetAside() throws SQLException, IOException {
        try {
            return connect();
        } catch (SQLException e) {
            if (e.getErrorCode() != ErrorCode.FILE_CORRUPTED_1) {
                throw e;
            }
            Path aside = aside();
            Files.move(directory.resolve(FILE), aside);
            CdrLog.LOG.setAside(aside, e);
            return connect();
        }
    }

    private Path aside() {
        int number = 1;
        while (Files.exists(directory.resolve(FILE + ".damaged-" + number))) {
            number++;
        }
        return directory.resolve(FILE + ".damaged-" + number);
    }

    /** By the driver itself: a server has other drivers, and others' class loaders, behind the driver manager. */
    private Connection connect() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", "sa");
        user.setProperty("password", "");
        return new Driver().connect(url, user);
    }

    /** Numbers of callers are in there, so a new directory is for the server's user alone. */
    private void createDirectory() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (directory.getParent() != null) {
            Files.createDirectories(directory.getParent());
        }
        Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(owner));
            } else {
                Files.createDirectory(directory);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException(directory + " is no directory", e);
        }
    }

    private synchronized void reopenNextTime(SQLException failure) {
        try {
            release();
        } catch (SQLException e) {
            failure.addSuppressed(e); // a store that could not write cannot close in order either
        }
    }

    private void release() throws SQLException {
        Connection last = anchor;
        anchor = null;
        if (last != null) {
            last.close();
        }
    }

    /** @throws CdrStoreUnavailable if what was written last may not be on disk */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            release();
            Driver.unload(); // the driver manager would hold it, and the application's class loader with it
        } catch (SQLException e) {
            throw new CdrStoreUnavailable(e);
        }
    }
}
