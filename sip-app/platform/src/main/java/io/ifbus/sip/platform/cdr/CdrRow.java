// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.cdr.Cdr;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A record as a row of the table. */
final class CdrRow {

    static final String COLUMNS = "call_id, trace_id, direction, from_uri, to_uri, start_time, connect_time, end_time,"
            + " duration, result, hangup_code, hangup_reason, hangup_by, cost, details";

    static final String INSERT =
            "INSERT INTO cdr (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private CdrRow() {}

    /** Adds {@code record} to the batch of an {@link #INSERT}. */
    static void add(Connection connection, PreparedStatement insert, Cdr record) throws SQLException {
        insert.setObject(1, record.callId().uuid());
        insert.setString(2, record.traceId());
        insert.setString(3, record.direction().name());
        insert.setString(4, record.from());
        insert.setString(5, record.to());
        insert.setLong(6, record.startTime().toEpochMilli());
        insert.setObject(7, record.connectTime().map(Instant::toEpochMilli).orElse(null));
        insert.setLong(8, record.endTime().toEpochMilli());
        insert.setLong(9, record.duration().toMillis());
        insert.setString(10, record.result().name());
        insert.setInt(11, record.hangupCause().code());
        insert.setString(12, record.hangupCause().reason());
        insert.setString(13, record.hangupCause().by().name());
        insert.setBigDecimal(14, record.cost().orElse(null));
        insert.setArray(15, connection.createArrayOf("VARCHAR", flat(record.details())));
        insert.addBatch();
    }

    /** The record of the row on which {@code row} stands; its columns are {@link #COLUMNS}. */
    static Cdr read(ResultSet row) throws SQLException {
        Long connected = row.getObject(7, Long.class);
        return new Cdr(
                new CallId(row.getObject(1, UUID.class)),
                row.getString(2),
                Direction.valueOf(row.getString(3)),
                row.getString(4),
                row.getString(5),
                Instant.ofEpochMilli(row.getLong(6)),
                Optional.ofNullable(connected).map(Instant::ofEpochMilli),
                Instant.ofEpochMilli(row.getLong(8)),
                Duration.ofMillis(row.getLong(9)),
                EndCause.Result.valueOf(row.getString(10)),
                new Cdr.HangupCause(row.getInt(11), row.getString(12), EndCause.By.valueOf(row.getString(13))),
                Optional.ofNullable(row.getBigDecimal(14)),
                map((Object[]) row.getArray(15).getArray()));
    }

    /** Name, value, name, value. */
    private static Object[] flat(Map<String, String> details) {
        List<String> flat = new ArrayList<>();
        details.forEach((name, value) -> {
            flat.add(name);
            flat.add(value);
        });
        return flat.toArray();
    }

    private static Map<String, String> map(Object[] flat) {
        Map<String, String> details = new HashMap<>();
        for (int i = 0; i + 1 < flat.length; i += 2) {
            details.put((String) flat[i], (String) flat[i + 1]);
        }
        return details;
    }
}
