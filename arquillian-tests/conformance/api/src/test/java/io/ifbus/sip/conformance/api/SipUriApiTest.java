// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.Test;

class SipUriApiTest extends ApiScene {
    private static SipURI uri(String text) throws Exception {
        return (SipURI) factory.createURI(text);
    }

    @Test
    @Proves({
        "SipURI",
        "SipURI.getUser",
        "SipURI.getUserPassword",
        "SipURI.setUserPassword",
        "SipURI.getHost",
        "SipURI.setHost",
        "SipURI.getPort",
        "SipURI.setPort"
    })
    void aSipUriIsUserAndHostAndPort() throws Exception {
        SipURI uri = uri("sip:alice:secret@example.com:5070");
        assertThat(SipURI.class).isInterface();
        assertThat(uri.getUser()).isEqualTo("alice");
        assertThat(uri.getUserPassword()).isEqualTo("secret");
        assertThat(uri.getHost()).isEqualTo("example.com");
        assertThat(uri.getPort()).isEqualTo(5070);

        uri.setUser("bob");
        uri.setUserPassword("other");
        uri.setHost("192.0.2.1");
        uri.setPort(5080);
        assertThat(uri.getUser()).isEqualTo("bob");
        assertThat(uri.getUserPassword()).isEqualTo("other");
        assertThat(uri.getHost()).isEqualTo("192.0.2.1");
        assertThat(uri.getPort()).isEqualTo(5080);
        assertThat(uri).hasToString("sip:bob:other@192.0.2.1:5080");

        SipURI bare = uri("sip:example.com");
        assertThat(bare.getUser()).isNull();
        assertThat(bare.getUserPassword()).isNull();
        assertThat(bare.getPort()).isEqualTo(-1);
    }

    @Test
    @Proves({"SipURI.setPort", "SipURI.setUserPassword"})
    void whatIsSetCanBeTakenAwayAgain() throws Exception {
        SipURI uri = uri("sip:alice:secret@example.com:5070");

        uri.setPort(-1);
        uri.setUserPassword(null);
        assertThat(uri).hasToString("sip:alice@example.com");
    }

    @Test
    @Proves({"SipURI.isSecure", "SipURI.setSecure"})
    void aSecureUriIsSips() throws Exception {
        SipURI uri = uri("sip:alice@example.com");
        assertThat(uri.isSecure()).isFalse();

        uri.setSecure(true);
        assertThat(uri.isSecure()).isTrue();
        assertThat(uri.getScheme()).isEqualTo("sips");
        assertThat(uri).hasToString("sips:alice@example.com");

        uri.setSecure(false);
        assertThat(uri).hasToString("sip:alice@example.com");
        assertThat(uri("sips:alice@example.com").isSecure()).isTrue();
    }

    @Test
    @Proves({
        "SipURI.getTransportParam",
        "SipURI.setTransportParam",
        "SipURI.getMAddrParam",
        "SipURI.setMAddrParam",
        "SipURI.getMethodParam",
        "SipURI.setMethodParam",
        "SipURI.getUserParam",
        "SipURI.setUserParam"
    })
    void theWellKnownParametersHaveTheirOwnMethods() throws Exception {
        SipURI uri = uri("sip:alice@example.com;transport=tcp;maddr=192.0.2.9;method=INFO;user=phone");
        assertThat(uri.getTransportParam()).isEqualTo("tcp");
        assertThat(uri.getMAddrParam()).isEqualTo("192.0.2.9");
        assertThat(uri.getMethodParam()).isEqualTo("INFO");
        assertThat(uri.getUserParam()).isEqualTo("phone");

        uri.setTransportParam("udp");
        uri.setMAddrParam("192.0.2.10");
        uri.setMethodParam("MESSAGE");
        uri.setUserParam("ip");
        assertThat(uri.getParameter("transport")).isEqualTo("udp");
        assertThat(uri.getParameter("maddr")).isEqualTo("192.0.2.10");
        assertThat(uri.getParameter("method")).isEqualTo("MESSAGE");
        assertThat(uri.getParameter("user")).isEqualTo("ip");

        SipURI bare = uri("sip:alice@example.com");
        assertThat(bare.getTransportParam()).isNull();
        assertThat(bare.getMAddrParam()).isNull();
        assertThat(bare.getMethodParam()).isNull();
        assertThat(bare.getUserParam()).isNull();
    }

    @Test
    @Proves({"SipURI.setTTLParam", "SipURI.getLrParam", "SipURI.setLrParam"})
    void ttlIsANumberAndLrIsAFlag() throws Exception {
        SipURI uri = uri("sip:alice@example.com");
        assertThat(uri.getTTLParam()).isEqualTo(-1);
        assertThat(uri.getLrParam()).isFalse();

        uri.setTTLParam(15);
        uri.setLrParam(true);
        assertThat(uri.getTTLParam()).isEqualTo(15);
        assertThat(uri.getParameter("ttl")).isEqualTo("15");
        assertThat(uri.getLrParam()).isTrue();
        assertThat(uri.getParameter("lr")).isEmpty();
        assertThat(uri.toString()).contains(";lr").doesNotContain("lr=");

        uri.setLrParam(false);
        assertThat(uri.getLrParam()).isFalse();
        assertThat(uri.toString()).doesNotContain("lr");
        assertThat(uri("sip:a@example.com;ttl=7;lr").getLrParam()).isTrue();
    }

    @Test
    @Proves({"SipURI.getHeader", "SipURI.setHeader", "SipURI.removeHeader", "SipURI.getHeaderNames"})
    void aSipUriMayHaveHeaders() throws Exception {
        SipURI uri = uri("sip:joe@example.com?Priority=emergency&Subject=fire");
        assertThat(uri.getHeader("Priority")).isEqualTo("emergency");
        assertThat(uri.getHeader("Absent")).isNull();
        assertThat(uri.getHeaderNames())
                .toIterable()
                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .containsExactlyInAnyOrder("Priority", "Subject");

        uri.setHeader("Priority", "normal");
        uri.setHeader("Organization", "us");
        uri.removeHeader("Subject");
        assertThat(uri.getHeader("Priority")).isEqualTo("normal");
        assertThat(uri.getHeaderNames())
                .toIterable()
                .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                .containsExactlyInAnyOrder("Priority", "Organization");
        assertThat(uri.toString())
                .containsIgnoringCase("Priority=normal")
                .containsIgnoringCase("Organization=us")
                .doesNotContainIgnoringCase("Subject");
    }

    @Test
    @Proves("SipURI.equals")
    void sipUrisAreComparedByTheRulesOfRfc3261() throws Exception { // section 19.1.4 and its examples
        assertEqual(true, "sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp");
        assertEqual(true, "sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5");
        assertEqual(true, "sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5");
        assertEqual(
                true,
                "sip:alice@atlanta.com?subject=project%20x&priority=urgent",
                "sip:alice@atlanta.com?priority=urgent&subject=project%20x");
        assertEqual(false, "sip:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP");
        assertEqual(false, "sip:bob@biloxi.com", "sip:bob@biloxi.com:5060");
        assertEqual(false, "sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp");
        assertEqual(false, "sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp");
        assertEqual(false, "sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting");
        assertEqual(false, "sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4");
        assertEqual(false, "sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off");
        assertEqual(false, "sip:bob@biloxi.com", "sips:bob@biloxi.com");
    }

    private static void assertEqual(boolean equal, String one, String other) throws Exception {
        assertThat(uri(one).equals(uri(other))).as(one + " and " + other).isEqualTo(equal);
        assertThat(uri(other).equals(uri(one))).as(other + " and " + one).isEqualTo(equal);
    }

    @Test
    @Proves("SipURI.setHost")
    void anIpv6AddressIsAHost() throws Exception {
        SipURI uri = uri("sip:alice@[2001:db8::1]:5070");
        assertThat(uri.getHost()).isIn("2001:db8::1", "[2001:db8::1]");
        uri.setHost("2001:db8::2");
        assertThat(uri).hasToString("sip:alice@[2001:db8::2]:5070");
    }

    @Test
    @Proves("SipURI.getUser")
    void anEscapedUserIsReadUnescaped() throws Exception {
        assertThat(uri("sip:al%20ice@example.com").getUser()).isEqualTo("al ice");
    }

    @Test
    @Proves("SipURI.getLrParam")
    void lrIsReadFromText() throws Exception {
        SipURI uri = uri("sip:a@example.com;lr");
        assertThat(uri.getLrParam()).isTrue();
        uri.setLrParam(false);
        assertThat(uri.getLrParam()).isFalse();
    }

    @Test
    @Proves({"SipURI.setUser", "SipURI.toString"})
    void reservedCharactersAreEscapedInTextOnly() throws Exception {
        SipURI uri = uri("sip:example.com");
        uri.setUser("b ob@home");

        assertThat(uri.getUser()).isEqualTo("b ob@home");
        assertThat(uri).hasToString("sip:b%20ob%40home@example.com");
    }

    @Test
    @Proves("SipURI.getTTLParam")
    void ttlIsReadFromText() throws Exception {
        assertThat(uri("sip:a@example.com;ttl=7").getTTLParam()).isEqualTo(7);
    }

    @Test
    @Proves("URI.getParameter")
    void lrIsAParameterLikeOthers() throws Exception {
        assertThat(uri("sip:a@example.com").getParameter("lr")).isNull();
    }
}
