// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.ConnectorSettings;
import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.container.TestServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with a second UDP socket, at 127.0.0.2. */
class ProxyInterfaceApiTest extends ApiScene {
    private static final InetSocketAddress FOREIGN = new InetSocketAddress("192.0.2.1", 5060);
    private static InetSocketAddress second;

    @BeforeAll
    static void open() throws Exception { // instead of the usual one
        open(SharedServer.own(() -> new TestServer(Script.class, Recorder.class)));
        second = new InetSocketAddress("127.0.0.2", container.port);
        container.server.addConnector(new ConnectorSettings("second", ConnectorSettings.Transport.UDP, second));
    }

    private static void assertFromSecond(String request) {
        assertThat(RawPeer.header(request, "Via")).contains("127.0.0.2:" + second.getPort());
    }

    /** Proxies an INVITE of the peer to the target as the two say; gives what the target received. */
    private static String proxied(Check<Proxy> first, Check<ProxyBranch> then) throws Exception {
        String invite = request("INVITE");
        try (RawPeer target = new RawPeer()) {
            check(invite, request -> {
                Proxy proxy = request.getProxy();
                first.on(proxy);
                ProxyBranch branch = proxy.createProxyBranches(
                                List.of(factory.createURI("sip:callee@127.0.0.1:" + target.port())))
                        .get(0);
                then.on(branch);
                proxy.startProxy();
            });
            String received = target.await("INVITE");
            target.send(target.response(received, 486, "Busy Here", ""), container.port);
            heard("SIP/2.0 486", invite);
            return received;
        }
    }

    @Test
    @Proves("Proxy.setOutboundInterface-InetSocketAddress")
    void aProxySendsFromTheSocketThatIsSet() throws Exception {
        assertFromSecond(proxied(
                proxy -> {
                    proxy.setOutboundInterface(second);
                    assertThatThrownBy(() -> proxy.setOutboundInterface(FOREIGN))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> proxy.setOutboundInterface((InetSocketAddress) null))
                            .isInstanceOf(NullPointerException.class);
                },
                branch -> {}));
    }

    @Test
    @Proves("Proxy.setOutboundInterface-InetAddress")
    void aProxySendsFromTheAddressThatIsSet() throws Exception {
        assertFromSecond(proxied(
                proxy -> {
                    proxy.setOutboundInterface(second.getAddress());
                    assertThatThrownBy(() -> proxy.setOutboundInterface(FOREIGN.getAddress()))
                            .isInstanceOf(IllegalArgumentException.class);
                    assertThatThrownBy(() -> proxy.setOutboundInterface((InetAddress) null))
                            .isInstanceOf(NullPointerException.class);
                },
                branch -> {}));
    }

    @Test
    @Proves("ProxyBranch.setOutboundInterface-InetSocketAddress")
    void aBranchSendsFromTheSocketThatIsSet() throws Exception {
        assertFromSecond(proxied(proxy -> {}, branch -> {
            branch.setOutboundInterface(second);
            assertThatThrownBy(() -> branch.setOutboundInterface(FOREIGN)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> branch.setOutboundInterface((InetSocketAddress) null))
                    .isInstanceOf(NullPointerException.class);
        }));
    }

    @Test
    @Proves("ProxyBranch.setOutboundInterface-InetAddress")
    void aBranchSendsFromTheAddressThatIsSet() throws Exception {
        assertFromSecond(proxied(proxy -> {}, branch -> {
            branch.setOutboundInterface(second.getAddress());
            assertThatThrownBy(() -> branch.setOutboundInterface(FOREIGN.getAddress()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> branch.setOutboundInterface((InetAddress) null))
                    .isInstanceOf(NullPointerException.class);
        }));
    }
}
