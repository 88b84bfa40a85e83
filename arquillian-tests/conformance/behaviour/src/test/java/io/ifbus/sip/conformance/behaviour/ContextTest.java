// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.util.List;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TimerService;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an application finds in its ServletContext (JSR 289 chapter 3). */
class ContextTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    @Test
    @Proves("J-3.1-a")
    void theFactoryOfTheContextMakesSessionsOfItsApplication() throws Exception {
        SipFactory factory = (SipFactory) exchange.context().getAttribute(SipServlet.SIP_FACTORY);
        SipApplicationSession session = factory.createApplicationSession();
        assertThat(session.getApplicationName()).isEqualTo("test");
        Phone bob = exchange.phone("bob");
        SipServletRequest invite = factory.createRequest(session, "INVITE", "sip:us@127.0.0.1", bob.uri());
        assertThat(invite.getSession().getServletContext()).isSameAs(exchange.context());
        exchange.sends(invite);
        bob.answers(bob.hears("INVITE"), 180);
        exchange.script().gets("doProvisionalResponse");
    }

    @Test
    @Proves("J-3.1-b")
    void theServicesOfTheContextAreThoseOfItsApplication() {
        TimerService timers = (TimerService) exchange.context().getAttribute(SipServlet.TIMER_SERVICE);
        SipSessionsUtil util = (SipSessionsUtil) exchange.context().getAttribute(SipServlet.SIP_SESSIONS_UTIL);
        SipApplicationSession session = exchange.factory().createApplicationSession();
        assertThat(util.getApplicationSessionById(session.getId()).getId()).isEqualTo(session.getId());
        timers.createTimer(session, 1, false, null);
        exchange.script().gets("timeout");
    }

    @Test
    @Proves("J-3.2-a")
    void theSupportedOptionsAreAListOfStrings() {
        assertThat(exchange.context().getAttribute(SipServlet.SUPPORTED))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isNotEmpty()
                .hasOnlyElementsOfType(String.class);
    }

    @Test
    @Proves("J-3.2-c")
    void theSupportedRfcsAreAListOfStringsWithTheBasicOne() {
        assertThat(exchange.context().getAttribute(SipServlet.SUPPORTED_RFCs))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("3261")
                .hasOnlyElementsOfType(String.class);
    }

    @Test
    @Proves("J-3.2-d")
    @SuppressWarnings("unchecked") // as the specification says
    void theOutboundInterfacesAreThoseListenedOnAndCannotBeChanged() {
        List<SipURI> interfaces = (List<SipURI>) exchange.context().getAttribute(SipServlet.OUTBOUND_INTERFACES);
        assertThat(interfaces)
                .extracting(uri -> uri.getHost() + ":" + uri.getPort() + "/" + uri.getTransportParam())
                .containsExactlyInAnyOrder(
                        "127.0.0.1:" + exchange.port() + "/udp", "127.0.0.1:" + exchange.port() + "/tcp");
        assertThatThrownBy(() -> interfaces.remove(0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(interfaces::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Proves("J-3.2-b")
    @SuppressWarnings("deprecation") // the older attribute must go on being there
    void reliableAnswersAreSaidToBeSupported() {
        assertThat(exchange.context().getAttribute(SipServlet.SUPPORTED))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("100rel");
        assertThat(exchange.context().getAttribute(SipServlet.PRACK_SUPPORTED)).isEqualTo(Boolean.TRUE);
    }
}
