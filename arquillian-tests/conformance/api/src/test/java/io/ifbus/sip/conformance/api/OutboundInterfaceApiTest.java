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
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with a second UDP socket, at 127.0.0.2. */
class OutboundInterfaceApiTest extends ApiScene {
    private static final InetSocketAddress FOREIGN = new InetSocketAddress("192.0.2.1", 5060);
    private static InetSocketAddress second;

    @BeforeAll
    static void open() throws Exception { // instead of the usual one
        open(SharedServer.own(() -> new TestServer(Script.class, Recorder.class)));
        second = new InetSocketAddress("127.0.0.2", container.port);
        container.server.addConnector(new ConnectorSettings("second", ConnectorSettings.Transport.UDP, second));
    }

    @Test
    @Proves("SipSession.setOutboundInterface-InetSocketAddress")
    void aSessionSendsFromTheSocketThatIsSet() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        SipSession session = options.getSession();
        session.setOutboundInterface(second);
        assertThatThrownBy(() -> session.setOutboundInterface(FOREIGN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.setOutboundInterface((InetSocketAddress) null))
                .isInstanceOf(NullPointerException.class);
        options.send();
        assertFromSecond(heard("OPTIONS", options));
        SipSession ended = outgoing("OPTIONS").getSession();
        ended.invalidate();
        assertThatThrownBy(() -> ended.setOutboundInterface(second)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("SipSession.setOutboundInterface-InetAddress")
    void aSessionSendsFromTheAddressThatIsSet() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        SipSession session = options.getSession();
        session.setOutboundInterface(second.getAddress());
        assertThatThrownBy(() -> session.setOutboundInterface(FOREIGN.getAddress()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.setOutboundInterface((InetAddress) null))
                .isInstanceOf(NullPointerException.class);
        options.send();
        assertFromSecond(heard("OPTIONS", options));
        SipSession ended = outgoing("OPTIONS").getSession();
        ended.invalidate();
        assertThatThrownBy(() -> ended.setOutboundInterface(second.getAddress()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertFromSecond(String request) {
        assertThat(RawPeer.header(request, "Via")).contains("127.0.0.2:" + second.getPort());
    }
}
