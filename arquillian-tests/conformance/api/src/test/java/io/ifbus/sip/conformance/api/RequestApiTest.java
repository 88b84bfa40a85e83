// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.util.concurrent.CompletableFuture;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.TooManyHopsException;
import org.junit.jupiter.api.Test;

class RequestApiTest extends ApiScene {
    @Test
    @Proves({"SipServletRequest", "SipServletRequest.createResponse-int", "SipServletRequest.createResponse-int-String"
    })
    void aRequestMakesItsResponses() throws Exception {
        String invite = request("INVITE");
        check(invite, request -> {
            assertThat(SipServletRequest.class).isInterface();
            assertThat(request.createResponse(180).getReasonPhrase()).isEqualTo("Ringing");
            SipServletResponse progress = request.createResponse(183, "Wait a little");
            assertThat(progress.getStatus()).isEqualTo(183);
            assertThat(progress.getRequest()).isEqualTo(request);
            progress.send();
            assertThatThrownBy(() -> request.createResponse(99)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> request.createResponse(700)).isInstanceOf(IllegalArgumentException.class);
            request.createResponse(486).send();
        });
        assertThat(heard("SIP/2.0 183", invite)).startsWith("SIP/2.0 183 Wait a little\r\n");
        assertThat(heard("SIP/2.0 486", invite)).startsWith("SIP/2.0 486 Busy here");
    }

    @Test
    @Proves({"SipServletRequest.getInputStream", "SipServletRequest.getReader"})
    void aRequestHasNoStreams() throws Exception {
        check(request("OPTIONS"), request -> {
            assertThat(request.getInputStream()).isNull();
            assertThat(request.getReader()).isNull();
        });
    }

    @Test
    @Proves({"SipServletRequest.getMaxForwards", "SipServletRequest.setMaxForwards"})
    void maxForwardsIsAHeader() throws Exception {
        check(
                request("OPTIONS").replace("Max-Forwards: 70", "Max-Forwards: 17"),
                request -> assertThat(request.getMaxForwards()).isEqualTo(17));
        SipServletRequest options = outgoing("OPTIONS");
        options.setMaxForwards(5);
        assertThat(options.getMaxForwards()).isEqualTo(5);
        assertThatThrownBy(() -> options.setMaxForwards(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.setMaxForwards(-1)).isInstanceOf(IllegalArgumentException.class);
        options.send();
        assertThat(heard("OPTIONS", options)).contains("\r\nMax-Forwards: 5\r\n");
    }

    @Test
    @Proves({"SipServletRequest.getRequestURI", "SipServletRequest.setRequestURI"})
    void theRequestUriIsTheDestination() throws Exception {
        check(request("OPTIONS"), request -> assertThat(request.getRequestURI())
                .hasToString("sip:service@127.0.0.1:" + container.port));
        SipServletRequest options = outgoing("OPTIONS");
        options.setRequestURI(factory.createURI("sip:other@127.0.0.1:" + peer.port() + ";p=v"));
        assertThat(options.getRequestURI()).hasToString("sip:other@127.0.0.1:" + peer.port() + ";p=v");
        assertThatThrownBy(() -> options.setRequestURI(null)).isInstanceOf(NullPointerException.class);
        options.send();
        assertThat(heard("OPTIONS", options)).startsWith("OPTIONS sip:other@127.0.0.1:" + peer.port() + ";p=v SIP/2.0");
    }

    @Test
    @Proves("SipServletRequest.isInitial")
    void onlyTheFirstRequestOfADialogIsInitial() throws Exception {
        String invite = request("INVITE");
        check(invite, request -> {
            assertThat(request.isInitial()).isTrue();
            request.createResponse(200).send();
        });
        String ok = heard("SIP/2.0 200", invite);
        String tag = RawPeer.toTag(ok);
        check(peer.request("ACK", container.port, callId(invite), tag, 1, ""), ack -> assertThat(ack.isInitial())
                .isFalse());
        check(peer.request("BYE", container.port, callId(invite), tag, 2, ""), bye -> assertThat(bye.isInitial())
                .isFalse());
    }

    @Test
    @Proves({"SipServletRequest.createCancel", "SipServletRequest.send"})
    void anInviteIsSentAndCancelled() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        assertThatThrownBy(() -> outgoing("OPTIONS").createCancel()).isInstanceOf(IllegalStateException.class);
        invite.send();
        String received = heard("INVITE", invite);
        CompletableFuture<SipServletRequest> ringing =
                Script.onResponse(invite.getCallId(), 180, response -> response.getRequest());
        peer.send(peer.response(received, 180, "Ringing", ""), container.port);
        assertThat(result(ringing)).isEqualTo(invite);

        SipServletRequest cancel = invite.createCancel();
        assertThat(cancel.getMethod()).isEqualTo("CANCEL");
        cancel.send();

        String cancelled = heard("CANCEL", invite);
        assertThat(RawPeer.header(cancelled, "Via")).isEqualTo(RawPeer.header(received, "Via"));
        assertThat(RawPeer.header(cancelled, "CSeq")).isEqualTo("1 CANCEL");
        peer.send(peer.response(cancelled, 200, "OK", ""), container.port);
        peer.send(peer.response(received, 487, "Request Terminated", ""), container.port);
        assertThat(Script.response(invite.getCallId()).getStatus()).isEqualTo(487);
        assertThatThrownBy(invite::createCancel).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(invite::send).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves({"SipServletRequest.getProxy", "SipServletRequest.getProxy-boolean", "SipServletRequest.getB2buaHelper"})
    void aRequestIsProxiedOrBridgedButNotBoth() throws Exception {
        String first = request("INVITE");
        check(first, request -> {
            assertThat(request.getProxy(false)).isNull();
            Proxy proxy = request.getProxy();
            assertThat(request.getProxy()).isSameAs(proxy);
            assertThat(request.getProxy(true)).isSameAs(proxy);
            assertThat(request.getProxy(false)).isSameAs(proxy);
            assertThatThrownBy(request::getB2buaHelper).isInstanceOf(IllegalStateException.class);
            proxy.proxyTo(factory.createURI("sip:callee@127.0.0.1:" + peer.port()));
        });
        peer.send(peer.response(heard("INVITE", first), 486, "Busy Here", ""), container.port);
        check(request("INVITE"), request -> {
            B2buaHelper helper = request.getB2buaHelper();
            assertThat(request.getB2buaHelper()).isSameAs(helper);
            assertThatThrownBy(request::getProxy).isInstanceOf(IllegalStateException.class);
            request.createResponse(486).send();
        });
    }

    @Test
    @Proves({"TooManyHopsException", "SipServletRequest.getProxy"})
    void aRequestThatMayGoNoFurtherIsNotProxied() throws Exception {
        String invite = request("INVITE").replace("Max-Forwards: 70", "Max-Forwards: 0");
        check(invite, request -> assertThatThrownBy(request::getProxy).isInstanceOf(TooManyHopsException.class));

        assertThat(heard("SIP/2.0 483", invite)).contains("INVITE");
        Throwable cause = new IllegalStateException("cause");
        assertThat(new TooManyHopsException()).isInstanceOf(jakarta.servlet.ServletException.class);
        assertThat(new TooManyHopsException("text")).hasMessage("text").hasNoCause();
        assertThat(new TooManyHopsException("text", cause)).hasMessage("text").hasCause(cause);
        assertThat(new TooManyHopsException(cause)).hasCause(cause);
    }

    @Test
    @Proves({"SipServletRequest.getProxy", "SipServletRequest.getProxy-boolean"})
    void aRequestThatIsAnsweredIsNotProxied() throws Exception {
        check(request("INVITE"), request -> {
            request.createResponse(486).send();
            assertThatThrownBy(request::getProxy).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> request.getProxy(true)).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    @Proves({"SipServletRequest.createResponse-int", "SipServletRequest.createResponse-int-String"})
    void aRequestThatIsAnsweredMakesNoMoreResponses() throws Exception {
        check(request("INVITE"), request -> {
            request.createResponse(486).send();
            assertThatThrownBy(() -> request.createResponse(200)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> request.createResponse(200, "OK")).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    @Proves("SipServletMessage.setHeader")
    void fromAndToCanBeSetButForTheirTags() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        String tag = options.getFrom().getParameter("tag");

        options.setHeader("f", "\"Desk\" <sip:desk@127.0.0.1>");
        options.setHeader("To", "<sip:hall@127.0.0.1>;room=7");
        options.send();

        String received = heard("OPTIONS", options);
        assertThat(tag).isNotBlank();
        assertThat(received).contains("\"Desk\" <sip:desk@127.0.0.1>;tag=" + tag, "<sip:hall@127.0.0.1>;room=7\r\n");
    }

    @Test
    @Proves("SipServletMessage.addAddressHeader")
    void aWildcardIsAContactOfARegistrationAlone() throws Exception {
        SipServletRequest register = outgoing("REGISTER");
        register.addAddressHeader("Contact", factory.createAddress("*"), true);
        register.setExpires(0);
        register.send();
        assertThat(heard("REGISTER", register)).contains("\r\nContact: *\r\n");

        SipServletRequest invite = outgoing("INVITE");
        assertThatThrownBy(() -> invite.addAddressHeader("Contact", factory.createAddress("*"), true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
