// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, and the version of them that a file has. A later version adds the steps that lead to it; no step takes a
 * table away.
 */
final class CdrSchema {

    static final int VERSION = 1;

    /** Times are milliseconds since 1970. An index for each filter, in the order of the pages. */
    private static final List<String> FIRST = List.of(
            """
            CREATE TABLE IF NOT EXISTS cdr (
                call_id UUID PRIMARY KEY,
                trace_id VARCHAR NOT NULL,
                direction VARCHAR(16) NOT NULL,
                from_uri VARCHAR NOT NULL,
                to_uri VARCHAR NOT NULL,
                start_time BIGINT NOT NULL,
                connect_time BIGINT,
                end_time BIGINT NOT NULL,
                duration BIGINT NOT NULL,
                result VARCHAR(16) NOT NULL,
                hangup_code INTEGER NOT NULL,
                hangup_reason VARCHAR NOT NULL,
                hangup_by VARCHAR(16) NOT NULL,
                cost NUMERIC(20, 6),
                details VARCHAR ARRAY NOT NULL)""",
            "CREATE INDEX IF NOT EXISTS cdr_by_end ON cdr (end_time DESC, call_id DESC)",
            "CREATE INDEX IF NOT EXISTS cdr_by_from ON cdr (from_uri, end_time DESC, call_id DESC)",
            "CREATE INDEX IF NOT EXISTS cdr_by_to ON cdr (to_uri, end_time DESC, call_id DESC)",
            "CREATE INDEX IF NOT EXISTS cdr_by_result ON cdr (result, end_time DESC, call_id DESC)",
            "CREATE INDEX IF NOT EXISTS cdr_by_direction ON cdr (direction, end_time DESC, call_id DESC)");

    private CdrSchema() {}

    /**
     * Makes the tables if they are not there. A break in the middle of it is made good by the next try.
     *
     * @throws SQLException if the file was written by a later version of this application, too
     */
    static void bring(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
            int version = version(statement);
            if (version > VERSION) {
                throw new SQLException(
                        "The file has version " + version + " of the tables; known are those up to " + VERSION);
            }
            if (version == 0) {
                for (String step : FIRST) {
                    statement.execute(step);
                }
                reached(connection, VERSION);
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
            found.next();
            return found.getInt(1);
        }
    }

    private static void reached(Connection connection, int version) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO schema_version VALUES (?)")) {
            insert.setInt(1, version);
            insert.executeUpdate();
        }
    }
}
