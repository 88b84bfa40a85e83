// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.util.EventListener;
import java.util.EventObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSessionAttributeListener;
import javax.servlet.sip.SipApplicationSessionBindingEvent;
import javax.servlet.sip.SipApplicationSessionBindingListener;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletContextEvent;
import javax.servlet.sip.SipServletListener;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSessionAttributeListener;
import javax.servlet.sip.SipSessionBindingEvent;
import javax.servlet.sip.SipSessionBindingListener;
import javax.servlet.sip.SipSessionEvent;
import javax.servlet.sip.SipSessionListener;
import org.junit.jupiter.api.Test;

class ListenersApiTest extends ApiScene {
    private static List<String> names(SipSession session, String... whats) {
        return List.of(whats).stream()
                .filter(what -> Recorder.seen(what).stream()
                        .anyMatch(
                                seen -> ((EventObject) seen.event()).getSource().equals(session)))
                .toList();
    }

    private static List<String> names(SipApplicationSession session, String... whats) {
        return List.of(whats).stream()
                .filter(what -> Recorder.seen(what).stream()
                        .anyMatch(
                                seen -> ((EventObject) seen.event()).getSource().equals(session)))
                .toList();
    }

    @Test
    @Proves({
        "SipSessionListener",
        "SipSessionListener.sessionCreated",
        "SipSessionListener.sessionDestroyed",
        "SipSessionEvent",
        "SipSessionEvent.getSession"
    })
    void birthAndEndOfASessionAreReported() throws Exception {
        SipSession session = outgoing("INVITE").getSession();
        assertThat(SipSessionListener.class).isInterface().isAssignableTo(EventListener.class);
        assertThat(names(session, "sessionCreated", "sessionDestroyed")).containsExactly("sessionCreated");

        session.invalidate();

        assertThat(names(session, "sessionCreated", "sessionDestroyed"))
                .containsExactly("sessionCreated", "sessionDestroyed");
        SipSessionEvent event = new SipSessionEvent(session);
        assertThat(event).isInstanceOf(EventObject.class);
        assertThat(event.getSession()).isSameAs(session);
    }

    @Test
    @Proves({
        "SipApplicationSessionListener",
        "SipApplicationSessionListener.sessionCreated",
        "SipApplicationSessionListener.sessionDestroyed",
        "SipApplicationSessionEvent",
        "SipApplicationSessionEvent.getApplicationSession"
    })
    void birthAndEndOfAnApplicationSessionAreReported() {
        SipApplicationSession session = factory.createApplicationSession();
        String[] whats = {"applicationSessionCreated", "applicationSessionDestroyed"};
        assertThat(SipApplicationSessionListener.class).isInterface().isAssignableTo(EventListener.class);
        assertThat(names(session, whats)).containsExactly("applicationSessionCreated");

        session.invalidate();

        assertThat(names(session, whats)).containsExactly(whats);
        SipApplicationSessionEvent event = new SipApplicationSessionEvent(session);
        assertThat(event).isInstanceOf(EventObject.class);
        assertThat(event.getApplicationSession()).isSameAs(session);
    }

    @Test
    @Proves({
        "SipSessionAttributeListener",
        "SipSessionAttributeListener.attributeAdded",
        "SipSessionAttributeListener.attributeReplaced",
        "SipSessionAttributeListener.attributeRemoved",
        "SipSessionBindingEvent",
        "SipSessionBindingEvent.getName",
        "SipSessionBindingEvent.getSession"
    })
    void attributesOfASessionAreReported() throws Exception {
        SipSession session = outgoing("INVITE").getSession();
        assertThat(SipSessionAttributeListener.class).isInterface().isAssignableTo(EventListener.class);

        session.setAttribute("color", "red");
        assertThat(attributes("attributeAdded", session)).containsExactly("color");
        assertThat(attributes("attributeReplaced", session)).isEmpty();
        session.setAttribute("color", "blue");
        assertThat(attributes("attributeReplaced", session)).containsExactly("color");
        assertThat(attributes("attributeRemoved", session)).isEmpty();
        session.removeAttribute("color");
        assertThat(attributes("attributeRemoved", session)).containsExactly("color");
        assertThat(attributes("attributeAdded", session)).hasSize(1);
    }

    private static List<String> attributes(String what, SipSession session) {
        return Recorder.seen(what).stream()
                .map(seen -> (SipSessionBindingEvent) seen.event())
                .filter(event -> event.getSession().equals(session))
                .map(SipSessionBindingEvent::getName)
                .toList();
    }

    @Test
    @Proves({
        "SipApplicationSessionAttributeListener",
        "SipApplicationSessionAttributeListener.attributeAdded",
        "SipApplicationSessionAttributeListener.attributeReplaced",
        "SipApplicationSessionAttributeListener.attributeRemoved",
        "SipApplicationSessionBindingEvent",
        "SipApplicationSessionBindingEvent.getName",
        "SipApplicationSessionBindingEvent.getApplicationSession"
    })
    void attributesOfAnApplicationSessionAreReported() {
        SipApplicationSession session = factory.createApplicationSession();
        assertThat(SipApplicationSessionAttributeListener.class).isInterface().isAssignableTo(EventListener.class);

        session.setAttribute("color", "red");
        assertThat(attributes("applicationAttributeAdded", session)).containsExactly("color");
        assertThat(attributes("applicationAttributeReplaced", session)).isEmpty();
        session.setAttribute("color", "blue");
        assertThat(attributes("applicationAttributeReplaced", session)).containsExactly("color");
        assertThat(attributes("applicationAttributeRemoved", session)).isEmpty();
        session.removeAttribute("color");
        assertThat(attributes("applicationAttributeRemoved", session)).containsExactly("color");
        assertThat(attributes("applicationAttributeAdded", session)).hasSize(1);
    }

    private static List<String> attributes(String what, SipApplicationSession session) {
        return Recorder.seen(what).stream()
                .map(seen -> (SipApplicationSessionBindingEvent) seen.event())
                .filter(event -> event.getApplicationSession().equals(session))
                .map(SipApplicationSessionBindingEvent::getName)
                .toList();
    }

    /** A value that notes where it is bound. */
    private static final class Bound implements SipSessionBindingListener, SipApplicationSessionBindingListener {
        private final List<Object> bound = new CopyOnWriteArrayList<>();
        private final List<Object> unbound = new CopyOnWriteArrayList<>();

        @Override
        public void valueBound(SipSessionBindingEvent event) {
            bound.add(List.of(event.getSession(), event.getName()));
        }

        @Override
        public void valueUnbound(SipSessionBindingEvent event) {
            unbound.add(List.of(event.getSession(), event.getName()));
        }

        @Override
        public void valueBound(SipApplicationSessionBindingEvent event) {
            bound.add(List.of(event.getApplicationSession(), event.getName()));
        }

        @Override
        public void valueUnbound(SipApplicationSessionBindingEvent event) {
            unbound.add(List.of(event.getApplicationSession(), event.getName()));
        }
    }

    @Test
    @Proves({
        "SipSessionBindingListener",
        "SipSessionBindingListener.valueBound",
        "SipSessionBindingListener.valueUnbound"
    })
    void aValueIsToldOfTheSessionItIsBoundTo() throws Exception {
        SipSession session = outgoing("INVITE").getSession();
        Bound first = new Bound();
        Bound second = new Bound();
        assertThat(SipSessionBindingListener.class).isInterface().isAssignableTo(EventListener.class);

        session.setAttribute("value", first);
        assertThat(first.bound).containsExactly(List.of(session, "value"));
        assertThat(first.unbound).isEmpty();
        session.setAttribute("value", second);
        assertThat(first.unbound).containsExactly(List.of(session, "value"));
        session.removeAttribute("value");
        assertThat(second.bound).hasSize(1);
        assertThat(second.unbound).containsExactly(List.of(session, "value"));
        session.setAttribute("again", second);
        session.invalidate();
        assertThat(second.unbound).hasSize(2);
    }

    @Test
    @Proves({
        "SipApplicationSessionBindingListener",
        "SipApplicationSessionBindingListener.valueBound",
        "SipApplicationSessionBindingListener.valueUnbound"
    })
    void aValueIsToldOfTheApplicationSessionItIsBoundTo() {
        SipApplicationSession session = factory.createApplicationSession();
        Bound first = new Bound();
        Bound second = new Bound();
        assertThat(SipApplicationSessionBindingListener.class).isInterface().isAssignableTo(EventListener.class);

        session.setAttribute("value", first);
        assertThat(first.bound).containsExactly(List.of(session, "value"));
        assertThat(first.unbound).isEmpty();
        session.setAttribute("value", second);
        assertThat(first.unbound).containsExactly(List.of(session, "value"));
        session.removeAttribute("value");
        assertThat(second.bound).hasSize(1);
        assertThat(second.unbound).containsExactly(List.of(session, "value"));
        session.setAttribute("again", second);
        session.invalidate();
        assertThat(second.unbound).hasSize(2);
    }

    @Test
    @Proves({
        "SipServletListener",
        "SipServletListener.servletInitialized",
        "SipServletContextEvent",
        "SipServletContextEvent.getSipServlet"
    })
    void aServletThatIsInitialisedIsReported() throws Exception {
        SipSession session = outgoing("INVITE").getSession();
        assertThat(SipServletListener.class).isInterface().isAssignableTo(EventListener.class);

        assertThat(Recorder.seen("servletInitialized"))
                .extracting(seen -> (SipServletContextEvent) seen.event())
                .filteredOn(event -> event.getServletContext().equals(session.getServletContext()))
                .singleElement()
                .satisfies(event -> assertThat(event.getSipServlet()).isInstanceOf(Script.class));
        SipServlet servlet = new Script();
        SipServletContextEvent event = new SipServletContextEvent(session.getServletContext(), servlet);
        assertThat(event).isInstanceOf(jakarta.servlet.ServletContextEvent.class);
        assertThat(event.getSipServlet()).isSameAs(servlet);
        assertThat(event.getServletContext()).isSameAs(session.getServletContext());
    }

    @Test
    @Proves({"SipErrorEvent", "SipErrorEvent.getRequest", "SipErrorEvent.getResponse"})
    void anErrorNamesItsRequestAndItsResponse() throws Exception {
        check(request("OPTIONS"), request -> {
            SipServletResponse response = request.createResponse(200);
            SipErrorEvent event = new SipErrorEvent(request, response);
            assertThat(event).isInstanceOf(EventObject.class);
            assertThat(event.getRequest()).isSameAs(request);
            assertThat(event.getResponse()).isSameAs(response);
            assertThat(event.getSource()).isSameAs(request);
        });
    }
}
