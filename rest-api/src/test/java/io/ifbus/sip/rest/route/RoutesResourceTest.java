// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.rest.Api;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesResourceTest {

    private static final String TRUNK = "{'name':'trunk','to':'1*@*','target':'sip:{user}@h'}";

    private final Api api = new Api();

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private Api.Answer post(String text) throws Exception {
        return api.post("/routes", json(text));
    }

    private Api.Answer put(String name, String text) throws Exception {
        return api.put("/routes/" + name, json(text));
    }

    private Api.Answer edit(String method, String path, String ifMatch, String text) throws Exception {
        return api.call(Api.request(method, path)
                .header("If-Match", ifMatch)
                .contentType("application/json")
                .content(json(text).getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> names() {
        return api.routes.table().routes().stream()
                .map(placed -> placed.route().name())
                .toList();
    }

    private static void assertRefused(Api.Answer answer, int status, String type) throws Exception {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.problem()).isEqualTo("if://problem/" + type);
    }

    @Nested
    class look {

        @Test
        void at_all_in_the_order_in_which_they_are_tried() throws Exception {
            post(TRUNK);
            Api.Answer answer = api.get("/routes");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("ETag")).matches("\"[0-9a-f]{32}\"");
            assertThat(answer.json().toString())
                    .isEqualTo(json("{'routes':["
                            + "{'name':'trunk','origin':'api','position':0,'to':'1*@*','target':'sip:{user}@h'},"
                            + "{'name':'echo','origin':'settings','position':1,'to':'echo@*','target':'echo'}]}"));
        }

        @Test
        void at_one() throws Exception {
            Api.Answer answer = api.get("/routes/echo");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().path("origin").asText()).isEqualTo("settings");
            assertThat(answer.header("ETag")).isEqualTo(api.get("/routes").header("ETag"));
        }

        @Test
        void at_none() throws Exception {
            assertRefused(api.get("/routes/nobody"), 404, "no-such-route");
        }
    }

    @Nested
    class add {

        @Test
        void answers_201_with_the_route_and_where_it_is() throws Exception {
            Api.Answer answer = post("{'name':'all','to':'a@b','from':'c@d','headers':{'X-IF-Hazard':'s*'},"
                    + "'region':'eu','target':'offer','position':0}");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Location")).endsWith("/routes/all");
            assertThat(answer.header("ETag")).isEqualTo(api.get("/routes").header("ETag"));
            assertThat(answer.json().toString())
                    .isEqualTo(json("{'name':'all','origin':'api','position':0,'to':'a@b','from':'c@d',"
                            + "'headers':{'x-if-hazard':'s*'},'region':'eu','target':'offer'}"));
            assertThat(api.routes.find("a", "b", "sip:c@d", Map.of("x-if-hazard", "safety")))
                    .map(Route::name)
                    .contains("all");
        }

        @Test
        void puts_it_where_the_client_says_or_behind_the_others() throws Exception {
            post("{'name':'a','target':'echo'}");
            post("{'name':'b','target':'echo'}");
            post("{'name':'c','target':'echo','position':1}");

            assertThat(names()).containsExactly("a", "c", "b", "echo");
        }

        @ParameterizedTest
        @ValueSource(strings = {"trunk", "echo"})
        void refuses_a_second_of_that_name(String name) throws Exception {
            post(TRUNK);

            assertRefused(post("{'name':'" + name + "','target':'echo'}"), 409, "route-exists");
            assertThat(names()).containsExactly("trunk", "echo");
        }

        @Test
        void refuses_the_one_after_the_thousandth() throws Exception {
            IntStream.range(0, RouteTable.MOST)
                    .forEach(
                            i -> api.routes.add(Route.parse("r" + i, "*", "echo"), OptionalInt.empty(), table -> true));

            assertRefused(post(TRUNK), 409, "too-many-routes");
            assertRefused(put("trunk", "{'target':'echo'}"), 409, "too-many-routes");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "name        | {'target':'echo'}",
                    "name        | {'name':'A','target':'echo'}",
                    "name        | {'name':'','target':'echo'}",
                    "name        | {'name':'test','target':'echo'}",
                    "name        | {'name':5,'target':'echo'}",
                    "target      | {'name':'a'}",
                    "target      | {'name':'a','target':'http://h'}",
                    "target      | {'name':'a','target':'sip:a b@h'}",
                    "to          | {'name':'a','target':'echo','to':''}",
                    "to          | {'name':'a','target':'echo','to':'a\\n'}",
                    "to          | {'name':'a','target':'echo','to':['a']}",
                    "from        | {'name':'a','target':'echo','from':' '}",
                    "headers     | {'name':'a','target':'echo','headers':{'a b':'*'}}",
                    "headers     | {'name':'a','target':'echo','headers':{'s':'*'}}",
                    "headers     | {'name':'a','target':'echo','headers':{'x-a':null}}",
                    "headers.x-a | {'name':'a','target':'echo','headers':{'x-a':1}}",
                    "region      | {'name':'a','target':'echo','region':''}",
                    "position    | {'name':'a','target':'echo','position':1}",
                    "position    | {'name':'a','target':'echo','position':-1}",
                    "position    | {'name':'a','target':'echo','position':'0'}",
                    "origin      | {'name':'a','target':'echo','origin':'settings'}",
                    "colour      | {'name':'a','target':'echo','colour':'red'}"
                })
        void names_the_field_that_is_wrong(String field, String text) throws Exception {
            Api.Answer answer = post(text);

            assertRefused(answer, 400, "invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
            assertThat(names()).containsExactly("echo");
        }

        @Test
        void refuses_a_glob_that_is_too_long() throws Exception {
            Api.Answer answer = post("{'name':'a','target':'echo','to':'" + "a".repeat(257) + "'}");

            assertThat(answer.json().path("field").asText()).isEqualTo("to");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "null", "[]", "{"})
        void needs_a_json_object(String text) throws Exception {
            assertRefused(post(text), 400, "malformed-body");
            assertRefused(put("a", text), 400, "malformed-body");
            assertRefused(api.post("/routes/test", text), 400, "malformed-body");
        }
    }

    @Nested
    class put {

        @Test
        void replaces_a_route_where_it_stands() throws Exception {
            post(TRUNK);
            post("{'name':'b','target':'echo'}");
            Api.Answer answer = RoutesResourceTest.this.put("trunk", "{'target':'offer'}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().toString())
                    .isEqualTo(json("{'name':'trunk','origin':'api','position':0,'target':'offer'}"));
            assertThat(answer.header("ETag")).isEqualTo(api.get("/routes").header("ETag"));
        }

        @Test
        void moves_it_if_told_to() throws Exception {
            post(TRUNK);
            post("{'name':'b','target':'echo'}");
            RoutesResourceTest.this.put("trunk", "{'name':'trunk','target':'offer','position':1}");

            assertThat(names()).containsExactly("b", "trunk", "echo");
        }

        @Test
        void adds_one_that_is_not_there() throws Exception {
            Api.Answer answer = RoutesResourceTest.this.put("new", "{'target':'echo'}");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Location")).endsWith("/routes/new");
            assertThat(names()).containsExactly("new", "echo");
        }

        @Test
        void leaves_the_settings_alone() throws Exception {
            assertRefused(RoutesResourceTest.this.put("echo", "{'target':'offer'}"), 409, "route-is-configured");
        }

        @ParameterizedTest
        @CsvSource({"a, b", "A, "})
        void wants_the_name_of_the_address(String address, String name) throws Exception {
            String named = name == null ? "" : "'name':'" + name + "',";
            Api.Answer answer = RoutesResourceTest.this.put(address, "{" + named + "'target':'echo'}");

            assertRefused(answer, 400, "invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo("name");
        }
    }

    @Nested
    class delete {

        @Test
        void answers_204_and_the_route_is_gone() throws Exception {
            post(TRUNK);
            Api.Answer answer = api.delete("/routes/trunk");

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("ETag")).isEqualTo(api.get("/routes").header("ETag"));
            assertThat(names()).containsExactly("echo");
            assertRefused(api.delete("/routes/trunk"), 404, "no-such-route");
        }

        @Test
        void leaves_the_settings_alone() throws Exception {
            assertRefused(api.delete("/routes/echo"), 409, "route-is-configured");
        }
    }

    @Nested
    class if_match {

        @Test
        void lets_an_edit_pass_as_long_as_nothing_has_changed() throws Exception {
            String seen = api.get("/routes").header("ETag");

            assertThat(edit("POST", "/routes", "\"other\" , " + seen, TRUNK).status())
                    .isEqualTo(201);
            assertRefused(edit("POST", "/routes", seen, "{'name':'b','target':'echo'}"), 412, "route-changed");
            assertRefused(edit("PUT", "/routes/trunk", seen, "{'target':'echo'}"), 412, "route-changed");
            assertRefused(edit("DELETE", "/routes/trunk", seen, ""), 412, "route-changed");
            assertThat(names()).containsExactly("trunk", "echo");

            String now = api.get("/routes/trunk").header("ETag");
            String next = edit("PUT", "/routes/trunk", now, "{'target':'echo'}").header("ETag");
            assertThat(edit("DELETE", "/routes/trunk", next, "").status()).isEqualTo(204);
        }

        @Test
        void of_a_star_asks_for_a_route_that_is_there() throws Exception {
            assertRefused(edit("PUT", "/routes/trunk", "*", "{'target':'echo'}"), 412, "route-changed");
            assertThat(edit("POST", "/routes", "*", TRUNK).status()).isEqualTo(201);
            assertThat(edit("PUT", "/routes/trunk", "*", "{'target':'echo'}").status())
                    .isEqualTo(200);
        }

        @Test
        void of_a_weak_tag_matches_nothing() throws Exception {
            String seen = api.get("/routes").header("ETag");

            assertRefused(edit("POST", "/routes", "W/" + seen, TRUNK), 412, "route-changed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"abc", "\"a", "\"a\" \"b\"", "*, \"a\"", ""})
        void that_cannot_be_read_is_refused(String header) throws Exception {
            Api.Answer answer = edit("POST", "/routes", header, TRUNK);

            assertRefused(answer, 400, "invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo("If-Match");
        }
    }

    @Nested
    class test {

        private JsonNode tried(String text) throws Exception {
            Api.Answer answer = api.post("/routes/test", json(text));
            assertThat(answer.status()).isEqualTo(200);
            return answer.json();
        }

        @Test
        void tells_the_route_and_what_it_would_ring() throws Exception {
            post(TRUNK);
            JsonNode result = tried("{'to':'sip:1555@pbx:5060;transport=tcp'}");

            assertThat(result.path("matched").asBoolean()).isTrue();
            assertThat(result.path("route").path("name").asText()).isEqualTo("trunk");
            assertThat(result.path("uri").asText()).isEqualTo("sip:1555@h");
            assertThat(tried("{'to':'tel:1555'}").path("uri").asText()).isEqualTo("sip:1555@h");
            assertThat(api.sent).isEmpty();
        }

        @Test
        void looks_at_the_caller_the_headers_and_the_node_s_region() throws Exception {
            post("{'name':'vip','from':'alice@x','headers':{'Subject':'hi*'},'region':'eu','target':'offer'}");
            post("{'name':'us','region':'us','target':'echo'}");

            assertThat(tried("{'to':'sip:b@h','from':'sip:alice@x','headers':{'SUBJECT':'hi there'}}")
                            .path("route")
                            .path("name")
                            .asText())
                    .isEqualTo("vip");
            assertThat(tried("{'to':'sip:b@h','from':'sip:alice@x'}").toString())
                    .isEqualTo("{\"matched\":false}");
            assertThat(tried("{'to':'sip:b@h','headers':{'Subject':'hi'}}")
                            .path("matched")
                            .asBoolean())
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "to      | {}",
                    "to      | {'to':'bob'}",
                    "to      | {'to':'http://h'}",
                    "from    | {'to':'sip:b@h','from':'alice'}",
                    "headers | {'to':'sip:b@h','headers':{'a b':'c'}}",
                    "headers | {'to':'sip:b@h','headers':{'x-a':null}}",
                    "headers | {'to':'sip:b@h','headers':{'x-a':'a\\r\\nb'}}",
                    "region  | {'to':'sip:b@h','region':'eu'}"
                })
        void names_the_field_that_is_wrong(String field, String text) throws Exception {
            Api.Answer answer = api.post("/routes/test", json(text));

            assertRefused(answer, 400, "invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo(field);
        }

        @Test
        void is_no_route() throws Exception {
            Api.Answer answer = put("test", "{'target':'echo'}");

            assertRefused(answer, 400, "invalid-request");
            assertThat(answer.json().path("field").asText()).isEqualTo("name");
        }
    }
}
