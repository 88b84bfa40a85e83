// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.cdr.CdrPage;
import io.ifbus.sip.cdr.CdrStore;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Records in an embedded H2 database: one file, no network. It is opened when first used, and again after a failure, so
 * a full disk is over when it is over. What {@link #append} has returned for is on disk, power failure included.
 */
public final class H2CdrStore implements CdrStore, AutoCloseable {

    private final CdrDatabase database;
    /** One writer at a time: so none waits for another's rows, and no two add the same call. */
    private final Object writing = new Object();

    private final AtomicBoolean unreadable = new AtomicBoolean();

    /**
     * Touches nothing yet.
     *
     * @param directory of its own; is made if absent
     * @throws IllegalArgumentException if the directory's name cannot be used
     */
    public H2CdrStore(Path directory) {
        this(new CdrDatabase(directory));
    }

    H2CdrStore(CdrDatabase database) {
        this.database = database;
    }

    @Override
    public void append(List<Cdr> records) {
        synchronized (writing) {
            database.run(connection -> insert(connection, records));
            sync();
        }
    }

    private static int insert(Connection connection, List<Cdr> records) throws SQLException {
        Set<UUID> there = there(connection, records);
        try (PreparedStatement insert = connection.prepareStatement(CdrRow.INSERT)) {
            for (Cdr record : records) {
                if (there.add(record.callId().uuid())) {
                    CdrRow.add(connection, insert, record);
                }
            }
            return insert.executeBatch().length;
        }
    }

    /** The calls among these that have a record. */
    private static Set<UUID> there(Connection connection, List<Cdr> records) throws SQLException {
        Object[] calls = records.stream().map(record -> record.callId().uuid()).toArray();
        Set<UUID> there = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT call_id FROM cdr WHERE call_id = ANY(?)")) {
            select.setArray(1, connection.createArrayOf("UUID", calls));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    there.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return there;
    }

    /** H2 itself writes within half a second of a commit, and leaves the rest to the operating system. */
    private void sync() {
        database.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute("CHECKPOINT SYNC");
            }
        });
    }

    @Override
    public Optional<Cdr> find(CallId call) {
        return read(connection -> {
            String sql = "SELECT " + CdrRow.COLUMNS + " FROM cdr WHERE call_id = ?";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setObject(1, call.uuid());
                return rows(select).stream().findFirst();
            }
        });
    }

    @Override
    public CdrPage page(CdrFilter filter, Optional<CdrCursor> after, int limit) {
        return read(connection -> {
            try (PreparedStatement select = new CdrSelect(filter, after).on(connection, limit + 1)) {
                return CdrPage.of(rows(select), limit);
            }
        });
    }

    /** Tells once when reading begins to fail, and once when that is over; of writing, the writer tells. */
    private <T> T read(CdrDatabase.Work<T> work) {
        try {
            T found = database.run(work);
            if (unreadable.getAndSet(false)) {
                CdrLog.LOG.readsAgain();
            }
            return found;
        } catch (CdrStoreUnavailable e) {
            if (!unreadable.getAndSet(true)) {
                CdrLog.LOG.cannotRead(e.getCause());
            }
            throw e;
        }
    }

    @Override
    public int forget(Instant horizon, int atMost) {
        synchronized (writing) {
            return database.run(connection -> delete(connection, horizon, atMost));
        }
    }

    private static int delete(Connection connection, Instant horizon, int atMost) throws SQLException {
        String sql = "DELETE FROM cdr WHERE end_time < ? FETCH FIRST ? ROWS ONLY";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, horizon.toEpochMilli());
            delete.setInt(2, atMost);
            return delete.executeUpdate();
        }
    }

    private static List<Cdr> rows(PreparedStatement select) throws SQLException {
        List<Cdr> records = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                records.add(CdrRow.read(rows));
            }
        }
        return records;
    }

    /** @throws CdrStoreUnavailable if the file could not be closed in order */
    @Override
    public void close() {
        database.close();
    }
}
