// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.control.InvalidRequest;
import io.ifbus.sip.event.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void is_a_position_for_each_node_by_name() {
        Cursor cursor = Cursor.parse("Last-Event-ID", "n2:77,n1:812");

        assertThat(cursor.at("n1")).hasValue(812);
        assertThat(cursor.at("n3")).isEmpty();
        assertThat(cursor.with("n1", 813)).hasToString("n1:813,n2:77");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n1",
                "n1:",
                ":1",
                "n1:-1",
                "n1:1,",
                ",n1:1",
                "n1:1;n2:2",
                "n1:1,n1:2",
                "n 1:1",
                "n1:1x",
                "812",
                "n1:1234567890123456789"
            })
    void anything_else_is_refused_by_its_field(String text) {
        assertThatThrownBy(() -> Cursor.parse("last_event_id", text))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("last_event_id"));
    }

    @Test
    void one_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> Cursor.parse("last_event_id", "n:1,".repeat(2000) + "m:1"))
                .isInstanceOf(InvalidRequest.class);
    }

    @Test
    void filters_take_a_call_by_either_form_of_its_id() {
        EventFilter filter = EventFilter.parse(List.of(Told.ALICE.bare(), Told.BOB.toString()), List.of("error"));

        assertThat(filter.calls()).containsExactlyInAnyOrder(Told.ALICE, Told.BOB);
        assertThat(filter.accepts(Told.event(Told.BOB, EventType.ERROR, 1))).isTrue();
        assertThat(filter.accepts(Told.event(Told.BOB, EventType.INCOMING_CALL, 1)))
                .isFalse();
        CallId other = new CallId(new java.util.UUID(0, 3));
        assertThat(filter.accepts(Told.event(other, EventType.ERROR, 1))).isFalse();
    }

    @Test
    void filters_that_name_nothing_are_refused_by_their_parameter() {
        assertThatThrownBy(() -> EventFilter.parse(List.of("42"), List.of()))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("call"));
        assertThatThrownBy(() -> EventFilter.parse(List.of(), List.of("ERROR")))
                .isInstanceOfSatisfying(
                        InvalidRequest.class, e -> assertThat(e.field()).isEqualTo("type"));
    }
}
