// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.ConnectorSettings.Transport;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server with two addresses (JSR 289 section 14.2). */
class OutboundInterfaceTest {
    private TestServer container;
    private RawPeer peer;
    private RawPeer callee;
    private InetSocketAddress second;

    @BeforeEach
    void start() throws Exception {
        container = new TestServer(Forwarding.class);
        second = new InetSocketAddress(InetAddress.getByName("127.0.0.2"), container.port);
        container.server.addConnector(new ConnectorSettings("second", Transport.UDP, second));
        peer = new RawPeer();
        callee = new RawPeer();
    }

    @AfterEach
    void stop() {
        peer.close();
        callee.close();
        container.close();
    }

    /** Proxies from 127.0.0.2; a MESSAGE by a branch that says so itself. */
    public static final class Forwarding extends SipServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doInvite(SipServletRequest invite) throws ServletException, IOException {
            Proxy proxy = invite.getProxy();
            proxy.setRecordRoute(true);
            proxy.setOutboundInterface(InetAddress.getByName("127.0.0.2"));
            proxy.proxyTo(invite.getRequestURI());
        }

        @Override
        protected void doMessage(SipServletRequest message) throws ServletException, IOException {
            Proxy proxy = message.getProxy();
            ProxyBranch branch =
                    proxy.createProxyBranches(List.of(message.getRequestURI())).get(0);
            branch.setOutboundInterface(InetAddress.getByName("127.0.0.2"));
            proxy.startProxy();
        }
    }

    private SipServletRequest invite() throws Exception {
        SipFactory factory = container.application.sipFactory();
        return factory.createRequest(
                factory.createApplicationSession(),
                "INVITE",
                "sip:us@127.0.0.1",
                "sip:callee@127.0.0.1:" + callee.port());
    }

    private void assertFromSecond(String received) {
        assertThat(RawPeer.header(received, "Via")).contains("127.0.0.2:" + container.port);
    }

    @Test
    @Proves("J-14.2-a")
    void aSessionsRequestsLeaveFromItsAddress() throws Exception {
        for (int socket = 0; socket < 2; socket++) {
            SipServletRequest invite = invite();
            if (socket == 0) {
                invite.getSession().setOutboundInterface(second.getAddress());
            } else {
                invite.getSession().setOutboundInterface(second);
            }
            invite.send();
            String received = callee.await("INVITE");
            assertFromSecond(received);
            assertThat(RawPeer.header(received, "Contact")).contains("127.0.0.2:" + container.port);
        }
    }

    @Test
    void withoutAWishTheFirstConnectorIsTaken() throws Exception {
        invite().send();
        assertThat(RawPeer.header(callee.await("INVITE"), "Via")).contains("127.0.0.1:" + container.port);
    }

    @Test
    void anAddressThatIsNotTheServersIsRefused() throws Exception {
        SipServletRequest invite = invite();
        assertThatThrownBy(() -> invite.getSession().setOutboundInterface(InetAddress.getByName("127.0.0.22")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> invite.getSession().setOutboundInterface((InetAddress) null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves("J-14.2-a")
    void aProxysRequestsLeaveFromItsAddress() {
        peer.send(toCallee("INVITE", "proxied", Uas.SDP), container.port);
        String received = callee.await("INVITE");
        assertFromSecond(received);
        assertThat(RawPeer.header(received, "Record-Route")).contains("127.0.0.2:" + container.port);
    }

    @Test
    @Proves("J-14.2-a")
    void aBranchsRequestLeavesFromItsAddress() {
        peer.send(toCallee("MESSAGE", "branch", ""), container.port);
        assertFromSecond(callee.await("MESSAGE"));
    }

    private String toCallee(String method, String id, String body) {
        return peer.request(method, container.port, id, null, 1, body)
                .replaceFirst(method + " \\S+", method + " sip:callee@127.0.0.1:" + callee.port());
    }

    @Test
    void theListOfAddressesFollowsTheConnectors() {
        @SuppressWarnings("unchecked")
        List<SipURI> addresses =
                (List<SipURI>) container.application.getServletContext().getAttribute(SipServlet.OUTBOUND_INTERFACES);
        assertThat(addresses).extracting(SipURI::getHost).contains("127.0.0.1", "127.0.0.2");
        container.server.removeConnector("second");
        assertThat(addresses).extracting(SipURI::getHost).containsOnly("127.0.0.1");
        assertThatThrownBy(() -> addresses.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }
}
