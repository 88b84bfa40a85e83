// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.container.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EventObject;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipErrorListener;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipSession.State;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens when a time has passed, on a server with a T1 of 40 ms. */
class EndsApiTest extends ApiScene {
    @BeforeAll
    static void open() throws Exception { // instead of the usual one
        open(SharedServer.own(() -> new TestServer(
                SipServerSettings.DEFAULTS.withT1(Duration.ofMillis(40)), Script.class, Recorder.class)));
    }

    private static boolean seen(String what, Object source) {
        return Recorder.seen(what).stream()
                .anyMatch(seen -> ((EventObject) seen.event()).getSource().equals(source));
    }

    @Test
    @Proves({
        "SipSession.getInvalidateWhenReady",
        "SipSession.setInvalidateWhenReady",
        "SipSession.isReadyToInvalidate",
        "SipApplicationSession.getInvalidateWhenReady",
        "SipApplicationSession.setInvalidateWhenReady",
        "SipApplicationSession.isReadyToInvalidate",
        "SipSessionListener.sessionReadyToInvalidate",
        "SipApplicationSessionListener.sessionReadyToInvalidate"
    })
    void sessionsEndWhenTheyAreReadyUnlessToldNotTo() throws Exception {
        SipSession kept = ended(false);
        SipApplicationSession keptApplication = kept.getApplicationSession();
        SipSession left = ended(true);
        SipApplicationSession leftApplication = left.getApplicationSession();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(left.isValid()).isFalse();
            assertThat(leftApplication.isValid()).isFalse();
            assertThat(kept.isReadyToInvalidate()).isTrue();
            assertThat(keptApplication.isReadyToInvalidate()).isTrue();
        });
        assertThat(kept.isValid()).isTrue();
        assertThat(kept.getState()).isEqualTo(State.TERMINATED);
        assertThat(keptApplication.isValid()).isTrue();
        assertThat(seen("sessionReadyToInvalidate", left)).isTrue();
        assertThat(seen("sessionReadyToInvalidate", kept)).isFalse();
        assertThat(seen("applicationSessionReadyToInvalidate", leftApplication)).isTrue();
        assertThat(seen("applicationSessionReadyToInvalidate", keptApplication)).isFalse();
    }

    /** The session of a call that the peer has made and ended. */
    private static SipSession ended(boolean invalidateWhenReady) throws Exception {
        String invite = request("INVITE");
        SipSession session = inServlet(invite, request -> {
            request.createResponse(200).send();
            return request.getSession();
        });
        SipApplicationSession application = session.getApplicationSession();
        assertThat(session.getInvalidateWhenReady()).isTrue();
        assertThat(application.getInvalidateWhenReady()).isTrue();
        session.setInvalidateWhenReady(invalidateWhenReady);
        application.setInvalidateWhenReady(invalidateWhenReady);
        assertThat(session.getInvalidateWhenReady()).isEqualTo(invalidateWhenReady);
        assertThat(application.getInvalidateWhenReady()).isEqualTo(invalidateWhenReady);
        assertThat(session.isReadyToInvalidate()).isFalse();
        assertThat(application.isReadyToInvalidate()).isFalse();
        String tag = RawPeer.toTag(heard("SIP/2.0 200", invite));
        peer.send(peer.request("ACK", container.port, callId(invite), tag, 1, ""), container.port);
        peer.send(peer.request("BYE", container.port, callId(invite), tag, 2, ""), container.port);
        peer.awaitOk("BYE", callId(invite));
        return session;
    }

    @Test
    @Proves({
        "SipErrorListener",
        "SipErrorListener.noAckReceived",
        "SipErrorEvent.getRequest",
        "SipErrorEvent.getResponse"
    })
    void a200WithoutAnAckIsReported() throws Exception {
        assertThat(SipErrorListener.class).isInterface();
        String invite = request("INVITE");
        SipServletRequest request = inServlet(invite, received -> {
            received.createResponse(200).send();
            return received;
        });
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(Recorder.seen("noAckReceived"))
                .extracting(seen -> (SipErrorEvent) seen.event())
                .filteredOn(event -> event.getRequest().getCallId().equals(callId(invite)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getRequest()).isEqualTo(request);
                    assertThat(event.getResponse().getStatus()).isEqualTo(200);
                }));
    }

    @Test
    @Proves({"SipSession.getState", "SipSession.isReadyToInvalidate"})
    void aRefusalBringsTheCallerBackToTheBeginning() throws Exception {
        try (ServerSocket callee = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SipServletRequest invite = outgoing("INVITE");
            invite.setRequestURI(factory.createURI("sip:a@127.0.0.1:" + callee.getLocalPort() + ";transport=tcp"));
            SipSession session = invite.getSession();
            session.setInvalidateWhenReady(false);
            assertThat(session.isReadyToInvalidate()).isFalse();
            invite.send();
            try (Socket connection = callee.accept()) { // over TCP a refused INVITE's transaction ends at once
                String received = read(connection.getInputStream());
                OutputStream out = connection.getOutputStream();
                out.write(peer.response(received, 180, "Ringing", "").getBytes(StandardCharsets.UTF_8));
                assertThat(Script.response(invite.getCallId()).getSession().getState())
                        .isEqualTo(State.EARLY);
                out.write(peer.response(received, 486, "Busy Here", "").getBytes(StandardCharsets.UTF_8));
                assertThat(Script.response(invite.getCallId()).getStatus()).isEqualTo(486);
                await().untilAsserted(
                                () -> assertThat(session.isReadyToInvalidate()).isTrue());
                assertThat(session.getState()).isEqualTo(State.INITIAL);
            }
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder message = new StringBuilder();
        while (message.indexOf("\r\n\r\n") < 0) {
            message.append((char) in.read());
        }
        return message.toString();
    }
}
