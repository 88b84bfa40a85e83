// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.ServletTimer;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSession.Protocol;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TimerService;
import org.junit.jupiter.api.Test;

class ApplicationSessionApiTest extends ApiScene {
    @Test
    @Proves({
        "SipApplicationSession",
        "SipApplicationSession.getId",
        "SipApplicationSession.getApplicationName",
        "SipApplicationSession.getCreationTime",
        "SipApplicationSession.isValid"
    })
    void anApplicationSessionKnowsItsApplication() {
        long before = System.currentTimeMillis();
        SipApplicationSession session = factory.createApplicationSession();

        assertThat(SipApplicationSession.class).isInterface();
        assertThat(session.getId())
                .isNotBlank()
                .isNotEqualTo(factory.createApplicationSession().getId());
        assertThat(session.getApplicationName()).isEqualTo("test");
        assertThat(session.getCreationTime()).isBetween(before, System.currentTimeMillis());
        assertThat(session.isValid()).isTrue();
    }

    @Test
    @Proves({
        "SipApplicationSession.getAttribute",
        "SipApplicationSession.setAttribute",
        "SipApplicationSession.removeAttribute",
        "SipApplicationSession.getAttributeNames"
    })
    void anApplicationSessionCarriesAttributes() {
        SipApplicationSession session = factory.createApplicationSession();
        session.setAttribute("a", 1);
        session.setAttribute("b", "two");
        session.setAttribute("a", 2);
        session.removeAttribute("absent");

        assertThat(session.getAttribute("a")).isEqualTo(2);
        assertThat(session.getAttribute("absent")).isNull();
        assertThat(session.getAttributeNames()).toIterable().containsExactlyInAnyOrder("a", "b");
        session.removeAttribute("a");
        assertThat(session.getAttribute("a")).isNull();
        assertThat(session.getAttributeNames()).toIterable().containsExactly("b");
        assertThatThrownBy(() -> session.setAttribute(null, 1)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> session.setAttribute("a", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> session.getAttribute(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves({
        "SipApplicationSession.Protocol",
        "SipApplicationSession.getSessions",
        "SipApplicationSession.getSessions-String",
        "SipApplicationSession.getSipSession",
        "SipApplicationSession.getSession"
    })
    void anApplicationSessionHoldsItsProtocolSessions() throws Exception {
        assertThat(Protocol.values()).containsExactly(Protocol.HTTP, Protocol.SIP);
        SipApplicationSession session = factory.createApplicationSession();
        SipSession first = outgoing(session, "INVITE").getSession();
        SipSession second = outgoing(session, "OPTIONS").getSession();

        assertThat(list(session.getSessions())).containsExactlyInAnyOrder(first, second);
        assertThat(list(session.getSessions("SIP"))).containsExactlyInAnyOrder(first, second);
        assertThat(list(session.getSessions("HTTP"))).isEmpty();
        assertThat(session.getSipSession(first.getId())).isEqualTo(first);
        assertThat(session.getSipSession("absent")).isNull();
        assertThat(session.getSession(second.getId(), Protocol.SIP)).isEqualTo(second);
        assertThat(session.getSession("absent", Protocol.SIP)).isNull();
        assertThat(session.getSession(second.getId(), Protocol.HTTP)).isNull();
        assertThatThrownBy(() -> session.getSession(null, Protocol.SIP)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> session.getSession("x", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> session.getSipSession(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> session.getSessions(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves("SipApplicationSession.getSessions-String")
    void anUnknownProtocolHasNoSessions() throws Exception {
        SipApplicationSession session = outgoing("INVITE").getApplicationSession();
        assertThat(list(session.getSessions("IAX"))).isEmpty();
    }

    private static List<Object> list(java.util.Iterator<?> iterator) {
        List<Object> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    @Test
    @Proves({"SipApplicationSession.getTimer", "SipApplicationSession.getTimers"})
    void anApplicationSessionHoldsItsTimers() {
        SipApplicationSession session = factory.createApplicationSession();
        TimerService timers = container.application.timerService();
        ServletTimer first = timers.createTimer(session, 60_000, false, "first");
        ServletTimer second = timers.createTimer(session, 60_000, false, "second");

        assertThat(session.getTimers()).containsExactlyInAnyOrder(first, second);
        assertThat(session.getTimer(first.getId())).isEqualTo(first);
        assertThat(session.getTimer("absent")).isNull();
        first.cancel();
        assertThat(session.getTimers()).containsExactly(second);
    }

    @Test
    @Proves({"SipApplicationSession.setExpires", "SipApplicationSession.getExpirationTime"})
    void theExpiryIsSetInMinutes() {
        SipApplicationSession session = factory.createApplicationSession();
        long now = System.currentTimeMillis();
        assertThat(session.getExpirationTime()).isBetween(now + 170_000, now + 190_000); // the application's 3 minutes

        assertThat(session.setExpires(10)).isEqualTo(10);
        assertThat(session.getExpirationTime()).isBetween(now + 590_000, now + 610_000);
        assertThat(session.setExpires(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(session.getExpirationTime()).isZero();
        assertThat(session.setExpires(-1)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    @Proves({"SipApplicationSession.invalidate", "SipApplicationSession.isValid"})
    void anInvalidatedApplicationSessionCanBeUsedForNothing() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        SipSession inside = outgoing(session, "INVITE").getSession();
        ServletTimer timer = container.application.timerService().createTimer(session, 1, false, "never");
        timer.cancel();
        session.invalidate();

        assertThat(session.isValid()).isFalse();
        assertThat(inside.isValid()).isFalse();
        assertThatThrownBy(session::invalidate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.setAttribute("a", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.getAttribute("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.removeAttribute("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getAttributeNames).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getSessions).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.getSession("x", Protocol.SIP)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getTimers).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.getTimer("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.setExpires(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getCreationTime).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::isReadyToInvalidate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::getInvalidateWhenReady).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.setInvalidateWhenReady(true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> outgoing(session, "INVITE")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves("SipApplicationSession.getExpirationTime")
    void anInvalidatedApplicationSessionHasNoExpiry() {
        SipApplicationSession session = factory.createApplicationSession();
        session.invalidate();
        assertThatThrownBy(session::getExpirationTime).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("SipApplicationSession.getLastAccessedTime")
    void aMessageIsAnAccess() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        long first = session.getLastAccessedTime();
        assertThat(first).isLessThanOrEqualTo(System.currentTimeMillis());
        await().until(() -> System.currentTimeMillis() > first + 20);
        session.setAttribute("a", 1);
        assertThat(session.getLastAccessedTime()).isEqualTo(first);
        SipServletRequest options = outgoing(session, "OPTIONS");
        options.send();
        peer.send(peer.response(heard("OPTIONS", options), 200, "OK", ""), container.port);
        Script.response(options.getCallId());
        assertThat(session.getLastAccessedTime()).isGreaterThan(first);
    }

    @Test
    @Proves("SipApplicationSession.isReadyToInvalidate")
    void anApplicationSessionWithATimerIsNotReady() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        session.setInvalidateWhenReady(false);
        ServletTimer timer = container.application.timerService().createTimer(session, 60_000, false, "open");
        assertThat(session.isReadyToInvalidate()).isFalse();
        timer.cancel();
        assertThat(session.isReadyToInvalidate()).isTrue();
    }

    @Test
    @Proves("SipApplicationSession.encodeURL")
    void anEncodedUrlNamesTheSession() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();

        String encoded =
                session.encodeURL(URI.create("http://example.com/a").toURL()).toString();

        assertThat(encoded).startsWith("http://example.com/a").hasSizeGreaterThan("http://example.com/a".length());
        assertThat(encoded)
                .isNotEqualTo(factory.createApplicationSession()
                        .encodeURL(URI.create("http://example.com/a").toURL())
                        .toString());
    }

    @Test
    @SuppressWarnings("deprecation")
    @Proves("SipApplicationSession.encodeURI")
    void aRequestToAnEncodedUriBelongsToTheSession() throws Exception {
        SipApplicationSession session = factory.createApplicationSession();
        SipURI uri = (SipURI) factory.createURI("sip:service@127.0.0.1:" + container.port);
        session.encodeURI(uri);

        String options = request("OPTIONS").replaceFirst("OPTIONS \\S+", "OPTIONS " + uri);
        check(options, request -> assertThat(request.getApplicationSession().getId())
                .isEqualTo(session.getId()));
    }

    @Test
    @Proves({
        "SipFactory.createApplicationSession",
        "SipFactory.createApplicationSessionByKey",
        "SipSessionsUtil",
        "SipSessionsUtil.getApplicationSessionById",
        "SipSessionsUtil.getApplicationSessionByKey"
    })
    void anApplicationSessionIsFoundByItsIdAndByItsKey() {
        SipSessionsUtil sessions = container.application.sipSessionsUtil();
        SipApplicationSession plain = factory.createApplicationSession();
        SipApplicationSession keyed = factory.createApplicationSessionByKey("room-1");

        assertThat(SipSessionsUtil.class).isInterface();
        assertThat(sessions.getApplicationSessionById(plain.getId())).isEqualTo(plain);
        assertThat(sessions.getApplicationSessionById(keyed.getId())).isEqualTo(keyed);
        assertThat(sessions.getApplicationSessionById("absent")).isNull();
        assertThat(sessions.getApplicationSessionByKey("room-1", false)).isEqualTo(keyed);
        assertThat(sessions.getApplicationSessionByKey("room-1", true)).isEqualTo(keyed);
        assertThat(factory.createApplicationSessionByKey("room-1")).isEqualTo(keyed);
        assertThat(sessions.getApplicationSessionByKey("room-2", false)).isNull();
        assertThat(sessions.getApplicationSessionByKey("room-2", true))
                .isNotNull()
                .isEqualTo(sessions.getApplicationSessionByKey("room-2", false));
        assertThatThrownBy(() -> sessions.getApplicationSessionByKey(null, true))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> sessions.getApplicationSessionById(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> factory.createApplicationSessionByKey(null)).isInstanceOf(NullPointerException.class);
    }
}
