// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProxyRouteApiTest extends ApiScene {
    private static RawPeer first;

    @BeforeAll
    static void openTargets() throws Exception {
        first = new RawPeer();
    }

    @AfterAll
    static void closeTargets() {
        first.close();
    }

    private static URI uri(RawPeer target) throws Exception {
        return factory.createURI("sip:callee@127.0.0.1:" + target.port());
    }

    private static String atFirst(String start, String message) {
        return first.await(start, callId(message));
    }

    /** Proxies an INVITE of the peer as the work says, and ends it with a 486 where it was proxied to first. */
    private static String refused(String invite, Check<SipServletRequest> work) throws Exception {
        check(invite, work);
        String received = atFirst("INVITE", invite);
        first.send(first.response(received, 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 486", invite);
        return received;
    }

    @Test
    @Proves("Proxy.setRecordRoute")
    void aProxyThatHasStartedCannotBeginToRecordTheRoute() throws Exception {
        refused(request("INVITE"), request -> {
            Proxy proxy = request.getProxy();
            proxy.proxyTo(uri(first));
            assertThatThrownBy(() -> proxy.setRecordRoute(true)).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    @Proves({"Proxy.setRecordRoute", "Proxy.getRecordRouteURI"})
    void theRecordedRouteCarriesParametersOfTheApplication() throws Exception {
        String received = refused(request("INVITE"), request -> {
            Proxy proxy = request.getProxy();
            assertThatThrownBy(proxy::getRecordRouteURI).isInstanceOf(IllegalStateException.class);
            proxy.setRecordRoute(true);
            SipURI uri = proxy.getRecordRouteURI();
            uri.setParameter("state", "7");
            proxy.proxyTo(uri(first));
        });
        assertThat(RawPeer.header(received, "Record-Route"))
                .contains("127.0.0.1:" + container.port)
                .contains(";state=7")
                .contains(";lr");
    }

    @Test
    @Proves("Proxy.getRecordRouteURI")
    void theParametersOfRfc3261OfARecordedRouteAreTheContainers() throws Exception {
        refused(request("INVITE"), request -> {
            Proxy proxy = request.getProxy();
            proxy.setRecordRoute(true);
            ProxyBranch branch = proxy.createProxyBranches(List.of(uri(first))).get(0);
            for (SipURI uri : List.of(proxy.getRecordRouteURI(), branch.getRecordRouteURI())) {
                for (String name : List.of("transport", "user", "method", "ttl", "maddr", "lr")) {
                    assertThatThrownBy(() -> uri.setParameter(name, "1")).isInstanceOf(IllegalArgumentException.class);
                }
                assertThatThrownBy(() -> uri.setTransportParam("tcp")).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> uri.setHost("example.com")).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> uri.setPort(1)).isInstanceOf(IllegalArgumentException.class);
            }
            proxy.startProxy();
        });
    }

    @Test
    @Proves("Proxy.setAddToPath")
    void aProxyAddsItselfToThePath() throws Exception {
        String register = request("REGISTER");
        check(register, request -> {
            Proxy proxy = request.getProxy();
            assertThatThrownBy(proxy::getPathURI).isInstanceOf(IllegalStateException.class);
            proxy.setAddToPath(true);
            assertThat(proxy.getPathURI()).isNotNull();
            proxy.proxyTo(uri(first));
        });
        String received = atFirst("REGISTER", register);
        assertThat(RawPeer.header(received, "Path")).contains("127.0.0.1:" + container.port);
        first.send(first.response(received, 200, "OK", ""), container.port);
        heard("SIP/2.0 200", register);
    }

    @Test
    @Proves("Proxy.getPathURI")
    void thePathCarriesParametersOfTheApplication() throws Exception {
        String register = request("REGISTER");
        check(register, request -> {
            Proxy proxy = request.getProxy();
            proxy.setAddToPath(true);
            proxy.getPathURI().setParameter("state", "7");
            proxy.proxyTo(uri(first));
        });
        String received = atFirst("REGISTER", register);
        assertThat(RawPeer.header(received, "Path"))
                .contains("127.0.0.1:" + container.port)
                .contains(";state=7");
        first.send(first.response(received, 200, "OK", ""), container.port);
        heard("SIP/2.0 200", register);
    }
}
