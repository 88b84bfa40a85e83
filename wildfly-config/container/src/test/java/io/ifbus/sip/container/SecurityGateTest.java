// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.SecurityRules.Demand;
import io.ifbus.sip.container.SipSecurity.Constraint;
import io.ifbus.sip.security.Nonces;
import io.ifbus.sip.security.SecuritySettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletRequest;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;

/** What needs no message on the wire. */
class SecurityGateTest {
    private static final Constraint CONFIDENTIAL =
            new Constraint(List.of("Uas"), Set.of(), Set.of(), false, false, true);

    @Test
    void aConfidentialServletIsReachedByTlsAndSecureWebSocket() {
        ApplicationDescriptor plain = TestServer.descriptor("confidential", Uas.class);
        ApplicationDescriptor guarded = new ApplicationDescriptor(
                plain.name(),
                plain.selection(),
                plain.servlets(),
                List.of(),
                Map.of(),
                null,
                0,
                3,
                false,
                new SipSecurity(List.of(CONFIDENTIAL), null, Set.of()));
        SecurityGate gate = new SecurityGate(
                guarded,
                SecuritySettings.DEFAULTS,
                new Nonces(InstantSource.system(), new Random(), Duration.ofMinutes(5), 10));
        assertThat(gate.admits(request("TLS"))).isTrue();
        assertThat(gate.admits(request("wss"))).isTrue();
    }

    /** A request of which only the method, the servlet and the transport are asked. */
    private static MobicentsSipServletRequest request(String transport) {
        ClassLoader loader = SecurityGateTest.class.getClassLoader();
        Object session = Proxy.newProxyInstance(
                loader,
                new Class<?>[] {MobicentsSipSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHandler" -> "Uas";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (MobicentsSipServletRequest) Proxy.newProxyInstance(
                loader,
                new Class<?>[] {MobicentsSipServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> "MESSAGE";
                    case "getSipSession" -> session;
                    case "getTransport" -> transport;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void whereNoServletIsNamedAllAreMeantAndWithoutMethodsAllMethodsButThoseOfACallThatWasLetIn() {
        Constraint all = new Constraint(List.of(), Set.of(), Set.of("a"), true, false, false);
        SecurityRules rules = new SecurityRules(new SipSecurity(List.of(all, CONFIDENTIAL), null, Set.of()));
        assertThat(rules.of("Other", "MESSAGE").constraints()).containsExactly(all);
        assertThat(rules.of("Uas", "REFER").constraints()).containsExactly(all, CONFIDENTIAL);
        for (String method : List.of("ACK", "CANCEL", "PRACK")) {
            assertThat(rules.of("Uas", method).constraints()).isEmpty();
        }
    }

    @Test
    void aUserNeedsARoleOfEachConstraintThatAsksForALogin() {
        Constraint one = new Constraint(List.of(), Set.of(), Set.of("a", "b"), true, false, false);
        Constraint any = new Constraint(List.of(), Set.of(), Set.of("*"), true, false, false);
        Demand demand = new Demand(List.of(one, any, CONFIDENTIAL), Set.of("b", "c"));
        assertThat(demand.admits(Set.of("b"))).isTrue();
        assertThat(demand.admits(Set.of("a", "c"))).isTrue();
        assertThat(demand.admits(Set.of("a"))).isFalse(); // not a role that the application declares
        assertThat(demand.admits(Set.of("c"))).isFalse();
        assertThat(demand.admits(Set.of())).isFalse();
    }
}
