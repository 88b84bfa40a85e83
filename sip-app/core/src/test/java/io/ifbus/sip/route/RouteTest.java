// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteTest {
    private static final Query CALL =
            new Query("100", "PBX", "alice", "Example.com", Map.of("X-IF-Hazard", "safety", "Subject", "a b"), "eu");

    @Nested
    class takes_a_call {
        private boolean when(String to, String from, Map<String, String> headers, String region) {
            return Conditions.of(to, from, headers, region).hold(CALL);
        }

        @Test
        void when_all_that_is_asked_for_holds() {
            assertThat(when(null, null, null, null)).isTrue();
            assertThat(when("1*@pbx", "*@example.COM", Map.of("x-if-hazard", "safe*", "SUBJECT", "a*"), "eu"))
                    .isTrue();
        }

        @Test
        void and_not_when_one_of_them_does_not() {
            assertThat(when("2*@pbx", "*@example.com", Map.of("Subject", "*"), "eu"))
                    .isFalse();
            assertThat(when("1*@pbx", "Alice@example.com", Map.of("Subject", "*"), "eu"))
                    .isFalse();
            assertThat(when("1*@pbx", "*@example.com", Map.of("Subject", "*", "X-IF-Hazard", "Safety"), "eu"))
                    .isFalse();
            assertThat(when("1*@pbx", "*@example.com", Map.of("Subject", "*"), "EU"))
                    .isFalse();
        }

        @Test
        void and_not_when_a_header_is_missing_even_if_any_value_would_do() {
            assertThat(when(null, null, Map.of("Subject", "*"), null)).isTrue();
            assertThat(when(null, null, Map.of("Priority", "*"), null)).isFalse();
        }
    }

    @Nested
    class a_glob {
        @ParameterizedTest
        @CsvSource({
            "*, '', true",
            "a, a, true",
            "a, A, false",
            "a, ab, false",
            "a*, a, true",
            "*a, bca, true",
            "a*c, abcbc, true",
            "a*c, abcb, false",
            "*ab*ab, abab, true",
            "*ab*ab, aab, false",
            "**, x, true",
            "a.c, abc, false",
            "a*, '', false"
        })
        void stands_for_the_whole_text(String glob, String text, boolean matches) {
            assertThat(new Glob(glob).matches(text)).isEqualTo(matches);
        }

        @Test
        void takes_no_time_to_speak_of_whatever_a_caller_sends() {
            Glob wicked = Glob.of("to", "*a".repeat(127) + "*b");
            String text = "a".repeat(20_000);

            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(wicked.matches(text))
                    .isFalse());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a\u0000", "a\r\nb", "a\u0085"})
        void that_is_blank_or_has_a_control_character_is_refused(String text) {
            assertRefused("from", () -> Conditions.of(null, text, null, null));
            assertRefused("headers", () -> Conditions.of(null, null, Map.of("Subject", text), null));
        }

        @Test
        void of_more_than_256_characters_is_refused() {
            assertThat(Conditions.to("a".repeat(256)).to()).isPresent();
            assertRefused("to", () -> Conditions.to("a".repeat(257)));
        }
    }

    @Nested
    class what_cannot_be_a_route {
        @ParameterizedTest
        @ValueSource(strings = {"", "-a", "A", "a_b", "a b", "\u00e4"})
        void by_its_name(String name) {
            assertRefused("name", () -> Route.parse(name, "*", "echo"));
        }

        @Test
        void by_the_length_of_its_name() {
            assertThat(Route.isName("a".repeat(63))).isTrue();
            assertThat(Route.isName("a".repeat(64))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a:b", "X-\u00e4", "s", "a\r\n"})
        void by_a_header_that_cannot_be_compared(String name) {
            assertRefused("headers", () -> Conditions.of(null, null, Map.of(name, "*"), null));
        }

        @Test
        void by_a_header_that_stands_twice() {
            assertRefused("headers", () -> Conditions.of(null, null, Map.of("X-A", "1", "x-a", "2"), null));
        }

        @Test
        void by_too_many_headers() {
            assertRefused("headers", () -> Conditions.of(null, null, headers(17), null));
            assertThat(Conditions.of(null, null, headers(16), null).headers()).hasSize(16);
        }

        private static Map<String, String> headers(int count) {
            return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "x-" + i, i -> "*"));
        }

        @ParameterizedTest
        @ValueSource(strings = {" ", "a\n"})
        void by_its_region(String region) {
            assertRefused("region", () -> Conditions.of(null, null, null, region));
            assertRefused("region", () -> Conditions.of(null, null, null, "r".repeat(65)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Echo", "http://h", "sip:", "sip:a b@h", "sip:<a@h>", "tel:", "sip:a\u0000@h"})
        void by_its_target(String target) {
            assertRefused("target", () -> Target.parse(target));
        }
    }

    @Nested
    class the_user_in_a_target {
        private static String dialled(String template, String user) {
            return new Target.Uri(template).uriFor(user);
        }

        @Test
        void stands_where_the_template_says() {
            assertThat(dialled("sip:{user}@h:5080", "bob")).isEqualTo("sip:bob@h:5080");
            assertThat(dialled("sip:{user}@h:5080", "")).isEqualTo("sip:h:5080");
            assertThat(dialled("sip:trunk@h:{user}", "5080")).isEqualTo("sip:trunk@h:5080");
            assertThat(dialled("tel:{user}", "+1-555")).isEqualTo("tel:+1-555");
        }

        @Test
        void cannot_change_where_the_call_goes() {
            assertThat(dialled("sip:{user}@h", "x@evil?a=")).isEqualTo("sip:x%40evil?a=@h");
            assertThat(dialled("sip:{user}@h", "a:b%\u00e4>")).isEqualTo("sip:a%3Ab%25%C3%A4%3E@h");
            assertThat(dialled("sip:trunk@h:{user}", "5080;maddr=evil")).isEqualTo("sip:trunk@h:5080%3Bmaddr%3Devil");
            assertThat(dialled("sip:{user}@h;x={user}", "{user}@")).isEqualTo("sip:%7Buser%7D%40@h;x=%7Buser%7D%40");
        }

        @Test
        void is_needed_by_a_tel_uri_alone() {
            assertThat(new Target.Uri("tel:{user}").needsUser()).isTrue();
            assertThat(new Target.Uri("tel:+1555").needsUser()).isFalse();
            assertThat(new Target.Uri("sip:{user}@h").needsUser()).isFalse();
        }

        @Test
        void targets_are_written_as_they_were_read() {
            assertThat(new String[] {"echo", "offer", "sips:{user}@h", "tel:+1555"})
                    .allSatisfy(text -> assertThat(Target.parse(text).text()).isEqualTo(text));
        }
    }

    @Nested
    class an_address {
        @ParameterizedTest
        @CsvSource({
            "sip:alice@Example.com,            alice,      example.com",
            "SIPS:alice:secret@h:5061;lr?a=b,  alice,      h",
            "sip:h;transport=tcp,              '',         h",
            "sip:+1;phone-context=x@h,         +1;phone-context=x, h",
            "sip:a?b/c@h,                      a?b/c,      h",
            "sip:a%20b%C3%A4%zz@h,             a b\u00e4%zz, h",
            "sip:a@[2001:DB8::1]:5060,         a,          [2001:db8::1]",
            "tel:+1-555;phone-context=h,       +1-555,     ''",
        })
        void is_user_and_host(String uri, String user, String host) {
            assertThat(UserHost.of(uri)).contains(new UserHost(user, host));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "alice@h", "sip:", "sip:a@", "mailto:a@h", "sip:a@h b", "tel:", "sip:a@h@i"})
        void is_nothing_else(String uri) {
            assertThat(UserHost.of(uri)).isEmpty();
        }
    }

    private static void assertRefused(String field, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidRoute.class).isThrownBy(call).satisfies(refused -> assertThat(refused.field())
                .isEqualTo(field));
    }
}
