// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import javax.servlet.sip.SipServletMessage;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private static SipServletMessage message(List<String> names, Map<String, String> values) {
        return (SipServletMessage) Proxy.newProxyInstance(
                HeadersTest.class.getClassLoader(),
                new Class<?>[] {SipServletMessage.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaderNames" -> names.iterator();
                    case "getHeader" -> values.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void routes_get_each_header_by_its_name_in_lower_case() {
        SipServletMessage invite =
                message(List.of("Subject", "X-IF-Hazard"), Map.of("Subject", "Hi", "X-IF-Hazard", "safety"));

        assertThat(Headers.all(invite)).isEqualTo(Map.of("subject", "Hi", "x-if-hazard", "safety"));
    }

    @Test
    void of_two_spellings_the_first_counts_and_what_has_no_value_is_left_out() {
        SipServletMessage invite = message(List.of("A", "X-Y", "x-y"), Map.of("X-Y", "1", "x-y", "2"));

        assertThat(Headers.all(invite)).isEqualTo(Map.of("x-y", "1"));
    }
}
