// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.Direction;
import io.ifbus.sip.call.EndCause;
import io.ifbus.sip.cdr.Cdr;
import io.ifbus.sip.cdr.CdrCursor;
import io.ifbus.sip.cdr.CdrFilter;
import io.ifbus.sip.cdr.CdrStore;
import io.ifbus.sip.cdr.CdrStoreUnavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class H2CdrStoreTest extends CdrStoreContract {

    @TempDir
    Path directory;

    private H2CdrStore store;

    @Override
    CdrStore store() {
        if (store == null) {
            store = open();
        }
        return store;
    }

    private H2CdrStore open() {
        return new H2CdrStore(place());
    }

    private Path place() {
        return directory.resolve("data/cdr");
    }

    private void reopen() {
        store.close();
        store = open();
    }

    private final LoggedIds logged = new LoggedIds();

    @AfterEach
    void close() {
        logged.close();
        if (store != null) {
            store.close();
        }
    }

    @Test
    void a_record_survives_a_restart() {
        Cdr record = Cdrs.rich();
        store().append(List.of(record));
        reopen();

        assertThat(store().find(record.callId())).contains(record);
    }

    @Test
    void a_record_that_was_taken_survives_the_death_of_the_process() throws Exception {
        for (int death = 0; death < 2; death++) {
            Path told = directory.resolve("told-" + death);
            int enough = 300 + 100 * death;
            Process process = appender()
                    .redirectOutput(told.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> taken(told).size() > enough);
            } finally {
                process.destroyForcibly().waitFor();
            }
            List<CallId> taken = taken(told);

            try (H2CdrStore after = open()) {
                assertThat(taken).allMatch(call -> after.find(call).isPresent());
            }
        }
    }

    private ProcessBuilder appender() {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AppendUntilKilled.class.getName(),
                place().toString());
    }

    /** Without the one that was cut off in the middle. */
    private static List<CallId> taken(Path told) throws IOException {
        return Files.readAllLines(told).stream()
                .flatMap(line -> CallId.parse(line).stream())
                .toList();
    }

    @Test
    void only_the_server_s_user_may_look_into_a_directory_that_it_makes() throws IOException {
        store().append(List.of(Cdrs.ended(1)));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_directory_that_cannot_be_made_is_an_outage_and_no_more() throws IOException {
        Files.createDirectories(place().getParent());
        Files.createFile(place());
        Cdr record = Cdrs.ended(1);

        assertThatThrownBy(() -> store().append(List.of(record)))
                .isInstanceOf(CdrStoreUnavailable.class)
                .hasStackTraceContaining("is no directory");

        for (int look = 0; look < 3; look++) {
            assertThatThrownBy(() -> store().find(record.callId())).isInstanceOf(CdrStoreUnavailable.class);
        }
        assertThat(logged.ids()).containsExactly("IFSIP2187");

        Files.delete(place());
        store().append(List.of(record));
        assertThat(store().find(record.callId())).contains(record);
        assertThat(logged.ids()).containsExactly("IFSIP2187", "IFSIP2188");
    }

    @Test
    void a_full_disk_is_over_when_it_is_over() {
        FullDisk.register();
        store = new H2CdrStore(new CdrDatabase(place(), FullDisk.SCHEME));
        Cdr before = Cdrs.ended(1);
        Cdr during = Cdrs.ended(2);
        store.append(List.of(before));

        FullDisk.full = true;
        try {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> store.append(List.of(during)))
                        .isInstanceOf(CdrStoreUnavailable.class)
                        .hasStackTraceContaining("No space left on device");
            }
        } finally {
            FullDisk.full = false;
        }

        store.append(List.of(during));
        assertThat(store.find(before.callId())).contains(before);
        assertThat(store.find(during.callId())).contains(during);
    }

    @Test
    void a_damaged_file_is_set_aside_and_a_new_one_begun() throws IOException {
        store().append(LongStream.range(0, 500).mapToObj(Cdrs::ended).toList());
        store.close();
        Path file = place().resolve("cdr.mv.db");
        byte[] rubbish = new byte[(int) Files.size(file)];
        new Random(1).nextBytes(rubbish);
        Files.write(file, rubbish);
        store = open();
        Cdr record = Cdrs.ended(1);

        store().append(List.of(record));

        assertThat(store().page(CdrFilter.ALL, Optional.empty(), 10).records()).containsExactly(record);
        assertThat(place().resolve("cdr.mv.db.damaged-1")).hasBinaryContent(rubbish);
        assertThat(logged.ids()).containsExactly("IFSIP2186");
    }

    @Test
    void a_file_of_a_later_version_is_left_alone() throws IOException {
        store().append(List.of(Cdrs.ended(1)));
        store.close();
        try (CdrDatabase database = new CdrDatabase(place())) {
            database.run(connection -> connection
                    .createStatement()
                    .executeUpdate("INSERT INTO schema_version VALUES (" + (CdrSchema.VERSION + 1) + ")"));
        }
        store = open();

        assertThatThrownBy(() -> store().append(List.of(Cdrs.ended(2))))
                .isInstanceOf(CdrStoreUnavailable.class)
                .hasStackTraceContaining("version 2");
    }

    @Test
    void two_stores_do_not_share_a_directory() throws Exception {
        store().append(List.of(Cdrs.ended(1)));

        Process other = appender().redirectErrorStream(true).start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(other.waitFor()).isNotZero();
        assertThat(said).contains("CdrStoreUnavailable");
    }

    @Test
    void after_the_close_it_is_not_available_and_leaves_nothing_behind() {
        store().append(List.of(Cdrs.ended(1)));
        store.close();

        assertThat(DriverManager.drivers()).noneMatch(driver -> driver instanceof org.h2.Driver);
        assertThatThrownBy(() -> store().append(List.of(Cdrs.ended(2)))).isInstanceOf(CdrStoreUnavailable.class);
    }

    @Test
    void a_directory_that_would_be_options_of_the_database_is_refused() {
        assertThatThrownBy(() -> new H2CdrStore(Path.of("/x;INIT=DROP")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/x;INIT=DROP");
    }

    static Stream<CdrFilter> filters_and_none() {
        return Stream.concat(Stream.of(CdrFilter.ALL), single());
    }

    private static Stream<CdrFilter> single() {
        Optional<String> no = Optional.empty();
        return Stream.of(
                new CdrFilter(
                        Optional.of("a"), no, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new CdrFilter(
                        no, Optional.of("b"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new CdrFilter(
                        no,
                        no,
                        Optional.of(EndCause.Result.BUSY),
                        Optional.empty(),
                        Optional.of(Cdrs.NOON),
                        Optional.empty()),
                new CdrFilter(
                        no,
                        no,
                        Optional.empty(),
                        Optional.of(Direction.INBOUND),
                        Optional.empty(),
                        Optional.of(Cdrs.NOON)));
    }

    @ParameterizedTest
    @MethodSource("filters_and_none")
    void a_page_is_read_off_an_index_and_never_sorted(CdrFilter filter) {
        store().append(LongStream.range(0, 2000).mapToObj(Cdrs::ended).toList());
        store.close();
        CdrSelect select = new CdrSelect(filter, Optional.of(CdrCursor.of(Cdrs.ended(1000))));

        try (CdrDatabase database = new CdrDatabase(place())) {
            String plan = database.run(connection -> {
                try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + select.sql())) {
                    select.fill(explain, 10);
                    ResultSet row = explain.executeQuery();
                    row.next();
                    return row.getString(1);
                }
            });
            assertThat(plan).contains("PUBLIC.CDR_BY_", "/* index sorted */");
        }
    }
}
