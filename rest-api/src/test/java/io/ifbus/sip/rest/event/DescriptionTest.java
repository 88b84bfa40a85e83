// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.ifbus.sip.event.EventType;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written by hand about the streams in OpenAPI is so. */
class DescriptionTest {

    private static JsonNode description;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream json = EventsServlet.class.getResourceAsStream("/META-INF/openapi.json")) {
            description = new ObjectMapper().readTree(json);
        }
    }

    @Test
    void the_address_is_the_servlet_s() {
        assertThat(description.path("paths").fieldNames()).toIterable().containsExactly(EventsServlet.ADDRESS);
    }

    @Test
    void types_are_those_that_there_are() {
        List<String> types = new ArrayList<>();
        description.at("/components/schemas/EventType/enum").forEach(type -> types.add(type.asText()));

        assertThat(types)
                .isEqualTo(Stream.of(EventType.values()).map(EventType::word).toList());
    }

    @Test
    void fields_are_those_that_are_written() {
        assertThat(fields("Event")).isEqualTo(components(EventBody.class, "fields"));
        assertThat(fields("Gap")).isEqualTo(components(Frames.Gap.class, ""));
    }

    private static List<String> fields(String schema) {
        List<String> names = new ArrayList<>();
        description
                .at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private static List<String> components(Class<?> type, String without) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals(without))
                .map(new SnakeCaseStrategy()::translate)
                .toList();
    }
}
