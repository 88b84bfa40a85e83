// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import org.junit.jupiter.api.Test;

class RequestRouteApiTest extends ApiScene {

    @Test
    @Proves({"SipServletRequest.pushRoute-SipURI", "SipServletRequest.pushRoute-Address"})
    void routesArePushedInFrontOfEachOther() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.setRequestURI(factory.createURI("sip:callee@unreachable.example"));
        options.pushRoute((SipURI) factory.createURI("sip:second@example.com;lr"));
        options.pushRoute(factory.createAddress("<sip:first@127.0.0.1:" + peer.port() + ";lr>"));
        assertThat(options.getHeaders("Route"))
                .toIterable()
                .extracting(route -> route.replaceAll(".*sip:|@.*", ""))
                .containsExactly("first", "second");
        options.send();

        String sent = heard("OPTIONS", options);
        assertThat(sent).startsWith("OPTIONS sip:callee@unreachable.example SIP/2.0");
        assertThat(sent.indexOf("sip:first@")).isPositive().isLessThan(sent.indexOf("sip:second@"));
    }

    @Test
    @Proves("SipServletRequest.pushPath")
    void aPathIsPushedOntoARegister() throws Exception {
        SipServletRequest register = outgoing("REGISTER");
        register.pushPath(factory.createAddress("<sip:second@example.com;lr>"));
        register.pushPath(factory.createAddress("<sip:first@example.com;lr>"));
        register.send();

        String sent = heard("REGISTER", register);
        assertThat(sent).contains("\r\nPath: ");
        assertThat(sent.indexOf("sip:first@")).isPositive().isLessThan(sent.indexOf("sip:second@"));
        assertThatThrownBy(() -> outgoing("INVITE").pushPath(factory.createAddress("<sip:first@example.com;lr>")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves({"SipServletRequest.getPoppedRoute", "SipServletRequest.getInitialPoppedRoute"})
    void theRouteThatLedHereIsTakenOffAndShown() throws Exception {
        String route = "<sip:127.0.0.1:" + container.port + ";lr;state=7>";
        check(request("OPTIONS", "Route: " + route), request -> {
            assertThat(request.getPoppedRoute()).hasToString(route);
            assertThat(request.getInitialPoppedRoute()).hasToString(route);
            assertThat(request.getPoppedRoute().getURI().getParameter("state")).isEqualTo("7");
            assertThat(request.getHeader("Route")).isNull();
        });
        check(request("OPTIONS"), request -> {
            assertThat(request.getPoppedRoute()).isNull();
            assertThat(request.getInitialPoppedRoute()).isNull();
        });
    }

    @Test
    @Proves({
        "SipServletRequest.getRegion",
        "SipServletRequest.getSubscriberURI",
        "SipServletRequest.getRoutingDirective"
    })
    void anInitialRequestTellsWhyItWasRoutedHere() throws Exception {
        String invite = request("INVITE");
        check(invite, request -> {
            assertThat(request.getRegion().getType())
                    .isEqualTo(SipApplicationRoutingRegion.TERMINATING_REGION.getType());
            assertThat(request.getSubscriberURI()).isEqualTo(request.getTo().getURI());
            assertThat(request.getRoutingDirective()).isEqualTo(SipApplicationRoutingDirective.NEW);
            request.createResponse(486).send();
        });
        heard("SIP/2.0 486", invite);
    }

    @Test
    @Proves({
        "SipServletRequest.getRegion",
        "SipServletRequest.getSubscriberURI",
        "SipServletRequest.getRoutingDirective"
    })
    void aSubsequentRequestWasNotRoutedByAnApplicationRouter() throws Exception {
        String invite = request("INVITE");
        peer.send(invite, container.port);
        String tag = RawPeer.toTag(heard("SIP/2.0 200", invite));
        peer.send(peer.request("ACK", container.port, callId(invite), tag, 1, ""), container.port);
        check(peer.request("INFO", container.port, callId(invite), tag, 2, ""), info -> {
            assertThatThrownBy(info::getRegion).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(info::getSubscriberURI).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(info::getRoutingDirective).isInstanceOf(IllegalStateException.class);
        });
        peer.send(peer.request("BYE", container.port, callId(invite), tag, 3, ""), container.port);
    }

    @Test
    @Proves({"SipServletRequest.setRoutingDirective", "SipServletRequest.getRoutingDirective"})
    void theRoutingDirectiveOfANewRequestCanBeChanged() throws Exception {
        check(request("OPTIONS"), incoming -> {
            SipServletRequest options = outgoing(incoming.getApplicationSession(), "OPTIONS");
            assertThat(options.getRoutingDirective()).isEqualTo(SipApplicationRoutingDirective.NEW);
            options.setRoutingDirective(SipApplicationRoutingDirective.CONTINUE, incoming);
            assertThat(options.getRoutingDirective()).isEqualTo(SipApplicationRoutingDirective.CONTINUE);
            options.setRoutingDirective(SipApplicationRoutingDirective.NEW, null);
            assertThat(options.getRoutingDirective()).isEqualTo(SipApplicationRoutingDirective.NEW);
        });
    }

    @Test
    @Proves("SipServletRequest.setRoutingDirective")
    void onlyARequestThatCameInIsContinued() throws Exception {
        SipServletRequest alone = outgoing("OPTIONS");
        assertThatThrownBy(() -> alone.setRoutingDirective(SipApplicationRoutingDirective.REVERSE, outgoing("OPTIONS")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("SipServletRequest.pushRoute-Address")
    void aTelephoneNumberIsNoRoute() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        assertThatThrownBy(() -> options.pushRoute(factory.createAddress("<tel:+1201>")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves({
        "SipServletRequest.pushRoute-Address",
        "SipServletRequest.pushRoute-SipURI",
        "SipServletRequest.setRoutingDirective"
    })
    void theWayOfARequestThatWasSentIsFixed() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.send();
        heard("OPTIONS", options);
        SipURI late = (SipURI) factory.createURI("sip:late@example.com");
        assertThatThrownBy(() -> options.setRoutingDirective(SipApplicationRoutingDirective.NEW, null))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> options.pushRoute(late)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> options.pushRoute(factory.createAddress(late)))
                .isInstanceOf(IllegalStateException.class);
    }
}
