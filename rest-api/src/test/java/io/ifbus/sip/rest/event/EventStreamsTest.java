// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static io.ifbus.sip.rest.event.Told.append;
import static io.ifbus.sip.rest.event.Told.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.event.EventLog;
import io.ifbus.sip.platform.config.ConfiguredStreams;
import io.ifbus.sip.rest.problem.RequestRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamsTest {

    private static final EventFilter ALL = new EventFilter(Set.of(), Set.of());
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private record Alarm(Duration delay, Runnable task) {}

    private final List<Alarm> alarms = new ArrayList<>();
    private final EventLog log = new EventLog(1000, 0);
    private final EventStreams streams = new EventStreams(log, this::alarm, new ConfiguredStreams("n1", HEARTBEAT, 2));

    private Runnable alarm(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(delay, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    private void aHeartbeatPasses() {
        assertThat(alarms).singleElement().extracting(Alarm::delay).isEqualTo(HEARTBEAT);
        alarms.remove(0).task().run();
    }

    private FakeOutlet open(int room) {
        FakeOutlet outlet = new FakeOutlet(room);
        streams.open(Optional.empty(), ALL, () -> outlet);
        await().until(() -> outlet.size() > 0);
        return outlet;
    }

    @BeforeEach
    void start() {
        streams.start();
    }

    @AfterEach
    void close() {
        streams.close();
    }

    @Test
    void an_event_reaches_all() {
        FakeOutlet one = open(Integer.MAX_VALUE);
        FakeOutlet two = open(Integer.MAX_VALUE);
        append(log, 2);

        await().untilAsserted(() -> {
            assertThat(frames(one.text())).hasSize(2);
            assertThat(frames(two.text())).hasSize(2);
        });
    }

    @Test
    void there_are_so_many_and_one_that_is_gone_makes_room() {
        FakeOutlet one = open(10_000);
        open(10_000);
        List<String> connected = new ArrayList<>();

        assertThatThrownBy(() -> streams.open(Optional.empty(), ALL, () -> {
                    connected.add("too many");
                    return new FakeOutlet(1);
                }))
                .isInstanceOf(RequestRefused.class);
        assertThat(connected).isEmpty();
        assertThat(streams.count()).isEqualTo(2);
        one.clientGoes();
        one.clientGoes();
        assertThat(streams.count()).isEqualTo(1);
        open(10_000);
    }

    @Test
    void one_that_cannot_be_connected_takes_no_room() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> streams.open(Optional.empty(), ALL, () -> {
                        throw new IllegalStateException("on purpose");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(streams.count()).isZero();
    }

    @Test
    void a_slow_reader_neither_delays_the_others_nor_loses_anything_the_log_still_has() {
        FakeOutlet slow = open(1);
        FakeOutlet fast = open(Integer.MAX_VALUE);
        append(log, 500);

        await().untilAsserted(() -> assertThat(frames(fast.text())).hasSize(500));
        assertThat(frames(slow.text())).isEmpty();
        await().untilAsserted(() -> {
            slow.isRead();
            assertThat(frames(slow.text())).hasSize(500);
        });
    }

    @Test
    void a_reader_whose_connection_broke_is_cut_with_the_next_write() {
        FakeOutlet outlet = open(Integer.MAX_VALUE);
        outlet.broken = true;
        append(log, 1);

        await().untilAsserted(() -> assertThat(outlet.cut).isTrue());
        assertThat(streams.count()).isZero();
    }

    @Test
    void each_heartbeat_is_a_comment_and_the_next_is_on_its_way() {
        FakeOutlet outlet = open(Integer.MAX_VALUE);
        aHeartbeatPasses();
        aHeartbeatPasses();

        await().untilAsserted(() -> assertThat(outlet.text()).endsWith(":\n\n:\n\n"));
    }

    @Test
    void a_reader_that_takes_nothing_is_cut_at_last() {
        FakeOutlet stuck = open(1);
        for (int i = 0; i < 4; i++) {
            aHeartbeatPasses();
        }
        FakeOutlet other = open(Integer.MAX_VALUE);
        assertThat(streams.count()).isEqualTo(2);
        aHeartbeatPasses();

        await().untilAsserted(() -> assertThat(stuck.cut).isTrue());
        assertThat(streams.count()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(other.text()).endsWith(":\n\n"));
    }

    @Test
    void the_end_of_the_application_ends_each_stream_and_leaves_nothing_behind() {
        FakeOutlet outlet = open(1);
        streams.close();

        assertThat(outlet.ended).isTrue();
        assertThat(outlet.cut).isFalse();
        assertThat(streams.count()).isZero();
        assertThat(alarms).isEmpty();
        assertThatThrownBy(() -> streams.open(Optional.empty(), ALL, () -> new FakeOutlet(1)))
                .isInstanceOf(RequestRefused.class);
        assertThat(streams.count()).isZero();
    }
}
