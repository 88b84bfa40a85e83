// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.spi.MessageTaps;
import io.ifbus.sip.spi.SerialExecution;
import jakarta.servlet.ServletContext;
import java.util.AbstractList;
import java.util.List;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipURI;

/** What an application finds in its servlet context (JSR 289 chapter 3). */
final class ContextAttributes {
    /** The older way to say that 100rel is supported. */
    private static final String RELIABLE_PROVISIONAL = "javax.servlet.sip.100rel";

    /** Option tags; the engine's own list has methods in it. */
    private static final List<String> OPTION_TAGS = List.of("100rel", "from-change", "join", "path", "replaces");

    private ContextAttributes() {}

    static void publish(ServletContext context, SipApplication application, SerialDispatcher dispatcher) {
        context.setAttribute(SipServlet.SIP_FACTORY, application.sipFactory());
        context.setAttribute(SipServlet.TIMER_SERVICE, application.timerService());
        context.setAttribute(SipServlet.SIP_SESSIONS_UTIL, application.sipSessionsUtil());
        context.setAttribute(SerialExecution.class.getName(), application.serialExecution());
        context.setAttribute(MessageTaps.class.getName(), application.messageTaps());
        context.setAttribute(SipServlet.SUPPORTED, OPTION_TAGS);
        context.setAttribute(SipServlet.SUPPORTED_RFCs, List.of(dispatcher.getRfcSupported()));
        context.setAttribute(RELIABLE_PROVISIONAL, Boolean.TRUE);
        context.setAttribute(SipServlet.OUTBOUND_INTERFACES, new OutboundInterfaces(dispatcher));
    }

    /** What the application would hold on to, or through which it would be held. */
    static void withdraw(ServletContext context) {
        List.of(
                        SipServlet.SIP_FACTORY,
                        SipServlet.TIMER_SERVICE,
                        SipServlet.SIP_SESSIONS_UTIL,
                        SerialExecution.class.getName(),
                        MessageTaps.class.getName(),
                        SipServlet.OUTBOUND_INTERFACES)
                .forEach(context::removeAttribute);
    }

    /** The addresses of the connectors that are open when it is looked at. */
    private static final class OutboundInterfaces extends AbstractList<SipURI> {
        private final SerialDispatcher dispatcher;

        OutboundInterfaces(SerialDispatcher dispatcher) {
            this.dispatcher = dispatcher;
        }

        @Override
        public SipURI get(int index) {
            return dispatcher.getOutboundInterfaces().get(index);
        }

        @Override
        public int size() {
            return dispatcher.getOutboundInterfaces().size();
        }
    }
}
