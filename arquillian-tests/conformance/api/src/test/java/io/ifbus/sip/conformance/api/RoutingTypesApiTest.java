// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import javax.servlet.sip.ar.SipApplicationRouterInfo;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.servlet.sip.ar.SipApplicationRoutingRegionType;
import javax.servlet.sip.ar.SipRouteModifier;
import javax.servlet.sip.ar.SipTargetedRequestInfo;
import javax.servlet.sip.ar.SipTargetedRequestType;
import org.junit.jupiter.api.Test;

class RoutingTypesApiTest {
    @Test
    @Proves({
        "ar.SipApplicationRouterInfo",
        "ar.SipApplicationRouterInfo.getNextApplicationName",
        "ar.SipApplicationRouterInfo.getRoutingRegion",
        "ar.SipApplicationRouterInfo.getSubscriberURI",
        "ar.SipApplicationRouterInfo.getRoutes",
        "ar.SipApplicationRouterInfo.getRouteModifier",
        "ar.SipApplicationRouterInfo.getStateInfo"
    })
    void aRoutersAnswerIsWhatItWasMadeOf() {
        SipApplicationRouterInfo info = new SipApplicationRouterInfo(
                "next",
                SipApplicationRoutingRegion.ORIGINATING_REGION,
                "sip:alice@example.com",
                new String[] {"sip:one@example.com", "sip:two@example.com"},
                SipRouteModifier.ROUTE_BACK,
                "state");

        assertThat(info.getNextApplicationName()).isEqualTo("next");
        assertThat(info.getRoutingRegion()).isSameAs(SipApplicationRoutingRegion.ORIGINATING_REGION);
        assertThat(info.getSubscriberURI()).isEqualTo("sip:alice@example.com");
        assertThat(info.getRoutes()).containsExactly("sip:one@example.com", "sip:two@example.com");
        assertThat(info.getRouteModifier()).isEqualTo(SipRouteModifier.ROUTE_BACK);
        assertThat(info.getStateInfo()).isEqualTo("state");
    }

    @Test
    @Proves({
        "ar.SipApplicationRoutingRegion",
        "ar.SipApplicationRoutingRegion.getLabel",
        "ar.SipApplicationRoutingRegion.getType",
        "ar.SipApplicationRoutingRegion.toString",
        "ar.SipApplicationRoutingRegionType"
    })
    void aRegionIsALabelOfOneOfThreeTypes() throws Exception {
        assertThat(SipApplicationRoutingRegionType.values())
                .containsExactly(
                        SipApplicationRoutingRegionType.NEUTRAL,
                        SipApplicationRoutingRegionType.ORIGINATING,
                        SipApplicationRoutingRegionType.TERMINATING);
        assertThat(SipApplicationRoutingRegion.NEUTRAL_REGION.getType())
                .isEqualTo(SipApplicationRoutingRegionType.NEUTRAL);
        assertThat(SipApplicationRoutingRegion.ORIGINATING_REGION.getType())
                .isEqualTo(SipApplicationRoutingRegionType.ORIGINATING);
        assertThat(SipApplicationRoutingRegion.TERMINATING_REGION.getType())
                .isEqualTo(SipApplicationRoutingRegionType.TERMINATING);
        assertThat(SipApplicationRoutingRegion.NEUTRAL_REGION.getLabel()).isEqualTo("NEUTRAL");
        SipApplicationRoutingRegion own =
                new SipApplicationRoutingRegion("ORIGINATING_PREPAID", SipApplicationRoutingRegionType.ORIGINATING);
        assertThat(own.getLabel()).isEqualTo("ORIGINATING_PREPAID");
        assertThat(own.getType()).isEqualTo(SipApplicationRoutingRegionType.ORIGINATING);
        assertThat(own).hasToString("ORIGINATING_PREPAID");
        assertThat(copy(own).getLabel()).isEqualTo("ORIGINATING_PREPAID");
    }

    private static SipApplicationRoutingRegion copy(SipApplicationRoutingRegion region) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(region);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SipApplicationRoutingRegion) in.readObject();
        }
    }

    @Test
    @Proves({
        "ar.SipTargetedRequestInfo",
        "ar.SipTargetedRequestInfo.getType",
        "ar.SipTargetedRequestInfo.getApplicationName",
        "ar.SipTargetedRequestType"
    })
    void aTargetedRequestNamesItsApplication() {
        assertThat(SipTargetedRequestType.values())
                .containsExactly(
                        SipTargetedRequestType.ENCODED_URI,
                        SipTargetedRequestType.JOIN,
                        SipTargetedRequestType.REPLACES);
        SipTargetedRequestInfo info = new SipTargetedRequestInfo(SipTargetedRequestType.JOIN, "conference");
        assertThat(info.getType()).isEqualTo(SipTargetedRequestType.JOIN);
        assertThat(info.getApplicationName()).isEqualTo("conference");
    }

    @Test
    @Proves({"ar.SipApplicationRoutingDirective", "ar.SipRouteModifier"})
    void directivesAndModifiersAreThoseOfTheSpecification() {
        assertThat(SipApplicationRoutingDirective.values())
                .containsExactly(
                        SipApplicationRoutingDirective.NEW,
                        SipApplicationRoutingDirective.CONTINUE,
                        SipApplicationRoutingDirective.REVERSE);
        assertThat(SipRouteModifier.values())
                .containsExactly(SipRouteModifier.ROUTE_BACK, SipRouteModifier.NO_ROUTE, SipRouteModifier.ROUTE);
    }
}
