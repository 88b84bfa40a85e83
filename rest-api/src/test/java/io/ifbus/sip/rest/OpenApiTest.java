// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.Transfer;
import io.ifbus.sip.control.Verdict;
import io.ifbus.sip.rest.call.CallsResource;
import io.ifbus.sip.rest.call.DecisionResource;
import io.ifbus.sip.rest.call.DtmfResource;
import io.ifbus.sip.rest.call.HoldResource;
import io.ifbus.sip.rest.call.TransfersResource;
import io.ifbus.sip.rest.cdr.CallCdrResource;
import io.ifbus.sip.rest.cdr.CdrsResource;
import io.ifbus.sip.rest.guard.GuardsResource;
import io.ifbus.sip.rest.route.RoutesResource;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the API says of itself: the document that the build makes of the classes, as the server does. */
class OpenApiTest {

    private static JsonNode document;

    /** By operation id. */
    private static final Map<String, JsonNode> OPERATIONS = new TreeMap<>();

    @BeforeAll
    static void read() throws IOException {
        document = new ObjectMapper().readTree(new File("target/openapi/openapi.json"));
        document.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.has("operationId")) {
                        assertThat(OPERATIONS.put(operation.path("operationId").asText(), operation))
                                .as("ids stand once")
                                .isNull();
                    }
                }));
    }

    private static JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static List<String> lower(Enum<?>[] values) {
        return Stream.of(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
    }

    private static void walk(JsonNode node, Consumer<JsonNode> visitor) {
        visitor.accept(node);
        node.forEach(child -> walk(child, visitor));
    }

    @Test
    void it_has_each_operation_and_no_other() {
        List<String> ids = Stream.of(
                        CallsResource.class,
                        HoldResource.class,
                        DtmfResource.class,
                        TransfersResource.class,
                        DecisionResource.class,
                        CallCdrResource.class,
                        CdrsResource.class,
                        GuardsResource.class,
                        RoutesResource.class)
                .flatMap(resource -> Stream.of(resource.getDeclaredMethods()))
                .map(method -> method.getAnnotation(Operation.class))
                .filter(operation -> operation != null && !operation.hidden())
                .map(Operation::operationId)
                .toList();

        assertThat(ids).hasSizeGreaterThan(22).doesNotContain("");
        assertThat(OPERATIONS.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(ids.stream(), Stream.of("events")).toList());
    }

    @Test
    void each_operation_needs_the_token_and_may_be_refused_with_a_problem() {
        assertThat(OPERATIONS).allSatisfy((id, operation) -> {
            assertThat(operation.path("summary").asText()).isNotBlank();
            assertThat(operation.path("security").path(0).has("token")).isTrue();
            assertThat(operation
                            .at("/responses/default/content/application~1problem+json/schema/$ref")
                            .asText())
                    .isEqualTo("#/components/schemas/Problem");
        });
    }

    @Test
    void each_header_and_each_parameter_has_a_form() {
        List<JsonNode> forms = new ArrayList<>();
        OPERATIONS.values().forEach(operation -> {
            operation.path("parameters").forEach(parameter -> forms.add(parameter.path("schema")));
            walk(operation, node -> node.path("headers").forEach(header -> forms.add(header.path("schema"))));
        });

        assertThat(forms)
                .hasSizeGreaterThan(40)
                .allSatisfy(form -> assertThat(form.path("type").asText()).isNotBlank());
    }

    @Test
    void words_are_those_that_there_are() {
        assertThat(words(schema("Call").at("/properties/state/enum"))).isEqualTo(lower(CallState.values()));
        assertThat(words(schema("Transfer").at("/properties/state/enum"))).isEqualTo(lower(Transfer.State.values()));
        assertThat(words(schema("Transfer").at("/properties/kind/enum"))).isEqualTo(lower(Transfer.Kind.values()));
        assertThat(words(schema("TransferOrder").at("/properties/method/enum")))
                .isEqualTo(lower(Transfer.Method.values()));
        assertThat(words(schema("Problem").at("/properties/fault/enum"))).isEqualTo(lower(Verdict.Fault.values()));
    }

    /** A generated client sends them, so one that does not always hold would change what is asked for. */
    @Test
    void orders_have_no_defaults_but_those_that_always_hold() {
        List<String> defaults = new ArrayList<>();
        for (String order : List.of("Originate", "TransferOrder", "Decision", "Dtmf", "Route", "RouteTrial")) {
            assertThat(schema(order).path("properties")).isNotEmpty();
            schema(order).path("properties").properties().stream()
                    .filter(field -> field.getValue().has("default"))
                    .forEach(field -> defaults.add(order + "." + field.getKey()));
        }

        assertThat(defaults).containsExactly("TransferOrder.method");
    }

    @Test
    void a_body_is_required_where_there_is_nothing_without_it() {
        assertThat(OPERATIONS.get("decide").at("/requestBody/required").asBoolean())
                .isFalse();
        for (String id : List.of("originate", "transfer", "sendDtmf", "addRoute", "putRoute", "testRoutes")) {
            assertThat(OPERATIONS.get(id).at("/requestBody/required").asBoolean())
                    .as(id)
                    .isTrue();
        }
    }

    @Test
    void it_says_what_it_is() {
        assertThat(document.at("/info/title").asText()).isEqualTo("IF.bus SIP");
        assertThat(document.at("/info/license/identifier").asText()).isEqualTo("AGPL-3.0-or-later");
        assertThat(document.at("/components/securitySchemes/token/scheme").asText())
                .isEqualTo("bearer");
    }
}
