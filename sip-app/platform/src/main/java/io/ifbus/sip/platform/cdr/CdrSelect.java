// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The query of one page: conditions and their values, in the same order. */
final class CdrSelect {

    private static final int SECONDS = 30;

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final List<String> order = new ArrayList<>();

    CdrSelect(CdrFilter filter, Optional<CdrCursor> after) {
        filter.from().ifPresent(uri -> equal("from_uri", uri));
        filter.to().ifPresent(uri -> equal("to_uri", uri));
        filter.result().ifPresent(result -> equal("result", result.name()));
        filter.direction().ifPresent(direction -> equal("direction", direction.name()));
        filter.since().ifPresent(at -> that("end_time >= ?", roundedUp(at)));
        filter.until().ifPresent(at -> that("end_time < ?", roundedUp(at)));
        after.ifPresent(this::follow);
        order.add("end_time DESC");
        order.add("call_id DESC");
    }

    /**
     * The first equality leads the order too, which changes no page, and lets H2 read the page off that column's index
     * instead of sorting all that match.
     */
    private void equal(String column, String value) {
        that(column + " = ?", value);
        if (order.isEmpty()) {
            order.add(column);
        }
    }

    /** The first condition alone would do for the index, the second picks from the one millisecond. */
    private void follow(CdrCursor place) {
        long end = place.endTime().toEpochMilli();
        that("end_time <= ?", end);
        that("(end_time < ? OR call_id < ?)", end, place.callId().uuid());
    }

    private void that(String condition, Object... operands) {
        conditions.add(condition);
        values.addAll(List.of(operands));
    }

    /** Rows have whole milliseconds: what is not before {@code at} is not before the next whole one. */
    private static long roundedUp(Instant at) {
        long millis = at.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(at) ? millis + 1 : millis;
    }

    String sql() {
        return "SELECT " + CdrRow.COLUMNS + " FROM cdr"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY " + String.join(", ", order)
                + " FETCH FIRST ? ROWS ONLY";
    }

    /** For at most {@code limit} rows. Gives up after {@value #SECONDS} seconds. */
    PreparedStatement on(Connection connection, int limit) throws SQLException {
        PreparedStatement select = connection.prepareStatement(sql());
        select.setQueryTimeout(SECONDS);
        fill(select, limit);
        return select;
    }

    void fill(PreparedStatement select, int limit) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            select.setObject(i + 1, values.get(i));
        }
        select.setInt(values.size() + 1, limit);
    }
}
