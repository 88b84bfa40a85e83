// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.Dialing;
import io.ifbus.sip.call.SipAction;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OriginateCallTest {
    private final Exchange exchange = new Exchange(Retention.DEFAULT);

    private void refuses(String field, OriginateCall.Request request) {
        assertThatThrownBy(() -> exchange.originate.handle(request)).isInstanceOfSatisfying(InvalidRequest.class, e -> {
            assertThat(e.field()).isEqualTo(field);
            assertThat(e.verdict()).isEqualTo(new Verdict(Verdict.Fault.CLIENT, "invalid-request", false));
        });
        assertThat(exchange.sent).isEmpty();
        assertThat(exchange.calls.list()).isEmpty();
    }

    private static OriginateCall.Request with(Map<String, String> headers, Optional<Duration> ring, String name) {
        return new OriginateCall.Request(
                "sip:a@h", "sip:b@h", Dialing.BOTH, ring, Optional.empty(), Optional.ofNullable(name), false, headers);
    }

    @Test
    void a_good_request_begins_to_ring() {
        CallSnapshot call = exchange.originate.handle(new OriginateCall.Request(
                "sip:a@h:5080;transport=tcp",
                "sips:[2001:db8::1]:5061",
                Dialing.BOTH,
                Optional.of(Duration.ofSeconds(5)),
                Optional.of("0e3d6e1c-0000-4000-8000-000000000001"),
                Optional.of("Zoë"),
                false,
                Map.of("x-if-hazard", "safety")));
        assertThat(call.traceId()).isEqualTo("0e3d6e1c-0000-4000-8000-000000000001");
        assertThat(call.state()).isEqualTo(CallState.DIALING);
        SipAction.Invite invite = (SipAction.Invite) exchange.actions.get(0);
        assertThat(invite.headers())
                .containsEntry("X-IF-Trace-ID", "0e3d6e1c-0000-4000-8000-000000000001")
                .containsEntry("x-if-hazard", "safety");
        exchange.pass(Duration.ofSeconds(5));
        assertThat(exchange.sent).containsExactly("Invite", "Introduce", "Introduce", "AwaitProgress");
    }

    @Test
    void the_trace_id_is_the_call_id_unless_given() {
        CallSnapshot call = exchange.originate.handle(OriginateCall.Request.between("sip:a@h", "sip:h"));
        assertThat(call.traceId()).isEqualTo(call.id().toString()).startsWith("if://call/");
        assertThat(((SipAction.Invite) exchange.actions.get(0)).headers()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "alice",
                "tel:+1555",
                "http://h",
                "sip:",
                "sip:a@",
                "sip:a b@h",
                "sip:a@h\r\nX: 1",
                "<sip:a@h>",
                "sip:a@b@c"
            })
    void what_is_no_sip_uri_is_refused(String uri) {
        refuses("from", OriginateCall.Request.between(uri, "sip:b@h"));
        refuses("to", OriginateCall.Request.between("sip:a@h", uri));
    }

    @Test
    void other_fields_are_checked_too() {
        refuses("headers", with(Map.of("Via", "x"), Optional.empty(), null));
        refuses("headers", with(Map.of("X-IF-Hazard", "a\r\nVia: x"), Optional.empty(), null));
        refuses("timeout", with(Map.of(), Optional.of(Duration.ZERO), null));
        refuses("timeout", with(Map.of(), Optional.of(Duration.ofDays(1)), null));
        refuses("caller_id_name", with(Map.of(), Optional.empty(), "a\nb"));
    }
}
