// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.call.CallId;
import io.ifbus.sip.call.CallState;
import io.ifbus.sip.call.Identity;
import io.ifbus.sip.call.Operation;
import io.ifbus.sip.call.Party;
import io.ifbus.sip.call.Peer;
import io.ifbus.sip.call.SipAction;
import io.ifbus.sip.route.Conditions;
import io.ifbus.sip.route.Route;
import io.ifbus.sip.route.RouteStore;
import io.ifbus.sip.route.Routes;
import io.ifbus.sip.route.Target;
import io.ifbus.sip.sdp.Sdp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReceiveCallTest {
    private final Exchange exchange = new Exchange(Retention.DEFAULT);
    private final ReceiveCall receive = new ReceiveCall(
            exchange.calls,
            new Routes(
                    List.of(
                            Route.parse("echo", "echo@*", "echo"),
                            Route.parse("trunk", "*@pbx", "sip:{user}@192.0.2.1:5080"),
                            Route.parse("phone", "*@lines", "tel:{user}"),
                            Route.parse("agent", "agent@*", "offer"),
                            new Route("urgent", urgent("alice@h", "x-if-hazard", "safety"), new Target.Echo())),
                    RouteStore.inMemory(),
                    ""),
            exchange::id,
            CallDefaults.USUAL,
            new Loops());

    private static Conditions urgent(String from, String header, String value) {
        return Conditions.of("*@desk", from, Map.of(header, value), null);
    }

    private CallSnapshot arrives(String user, String host, int maxForwards) {
        CallId id = receive.newId();
        receive.handle(new ReceiveCall.Arrival(
                id,
                Party.of("sip:alice@h"),
                Party.of("sip:" + user + "@" + host),
                user,
                host,
                Optional.of(Sdp.inactiveOffer(1)),
                Map.of("x-if-trace-id", "t1"),
                Map.of("x-if-hazard", "safety"),
                maxForwards,
                Peer.UNKNOWN,
                Identity.OPEN,
                Optional.empty(),
                id.bare()));
        return exchange.calls.find(id).orElseThrow();
    }

    private int status() {
        return ((SipAction.Respond) exchange.actions.get(0)).status();
    }

    @Test
    void a_routed_call_rings_its_target_one_hop_further() {
        CallSnapshot call = arrives("bob", "pbx", 70);
        assertThat(call.state()).isEqualTo(CallState.INCOMING);
        assertThat(call.traceId()).isEqualTo("t1");
        SipAction.Invite invite = (SipAction.Invite) exchange.actions.get(2);
        assertThat(invite.to().uri()).isEqualTo("sip:bob@192.0.2.1:5080");
        assertThat(invite.maxForwards()).isEqualTo(69);
        assertThat(invite.headers()).containsEntry("x-if-trace-id", "t1");
    }

    @Test
    void echo_answers() {
        assertThat(arrives("echo", "h", 1).state()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void no_route_is_404() {
        assertThat(arrives("bob", "elsewhere", 70).state()).isEqualTo(CallState.TERMINATED);
        assertThat(status()).isEqualTo(404);
        assertThat(exchange.metered).containsExactly("started inbound", "ended inbound failed");
    }

    @Test
    void too_many_hops_is_483() {
        arrives("bob", "pbx", 0);
        assertThat(status()).isEqualTo(483);
    }

    @Test
    void routes_see_the_caller_and_the_headers() {
        assertThat(arrives("bob", "desk", 70).state()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void a_number_that_is_needed_and_not_there_is_484() {
        arrives("", "lines", 70);
        assertThat(status()).isEqualTo(484);
    }

    @Nested
    class A_call_for_a_client_of_the_api {
        private CallSnapshot offered() {
            return arrives("agent", "h", 70);
        }

        private CallSnapshot now(CallSnapshot call) {
            return exchange.calls.find(call.id()).orElseThrow();
        }

        @Test
        void waits_for_a_decision_and_nothing_is_sent() {
            CallSnapshot call = offered();
            assertThat(call.state()).isEqualTo(CallState.INCOMING);
            assertThat(call.allowed())
                    .containsExactlyInAnyOrder(
                            Operation.HANG_UP, Operation.ANSWER, Operation.RING, Operation.REJECT, Operation.REDIRECT);
            assertThat(exchange.actions).isEmpty();
        }

        @Test
        void is_refused_when_nobody_decides_in_time() {
            CallSnapshot call = offered();
            exchange.pass(CallDefaults.USUAL.offerLimit().minusMillis(1));
            assertThat(exchange.actions).isEmpty();
            exchange.pass(Duration.ofMillis(1));
            assertThat(status()).isEqualTo(480);
            assertThat(now(call).state()).isEqualTo(CallState.TERMINATED);
        }

        @Test
        void may_ring_meanwhile_but_not_longer() {
            CallSnapshot call = offered();
            new DecideCall(exchange.calls).ring(call.id());
            assertThat(status()).isEqualTo(180);
            exchange.pass(CallDefaults.USUAL.offerLimit());
            assertThat(now(call).state()).isEqualTo(CallState.TERMINATED);
        }

        @Test
        void is_not_refused_any_more_once_it_was_answered() {
            CallSnapshot call = offered();
            new DecideCall(exchange.calls).echo(call.id());
            exchange.pass(CallDefaults.USUAL.offerLimit());
            assertThat(now(call).state()).isEqualTo(CallState.CONNECTED);
            assertThat(now(call).allowed()).doesNotContain(Operation.ANSWER, Operation.REJECT);
        }
    }
}
