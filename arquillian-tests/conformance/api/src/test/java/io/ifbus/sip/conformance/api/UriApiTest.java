// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TelURL;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.Test;

class UriApiTest extends ApiScene {
    @Test
    @Proves({"URI", "URI.getScheme", "URI.isSipURI"})
    void theSchemeSaysWhichKindOfUriItIs() throws Exception {
        assertThat(URI.class).isInterface().isAssignableFrom(SipURI.class).isAssignableFrom(TelURL.class);
        assertThat(factory.createURI("sip:a@b.example").getScheme()).isEqualTo("sip");
        assertThat(factory.createURI("sips:a@b.example").getScheme()).isEqualTo("sips");
        assertThat(factory.createURI("tel:+1201").getScheme()).isEqualTo("tel");
        assertThat(factory.createURI("http://b.example/a").getScheme()).isEqualTo("http");
        assertThat(factory.createURI("sips:a@b.example").isSipURI()).isTrue();
        assertThat(factory.createURI("tel:+1201").isSipURI()).isFalse();
        assertThat(factory.createURI("http://b.example/a").isSipURI()).isFalse();
    }

    @Test
    @Proves({"URI.setParameter", "URI.removeParameter", "URI.getParameterNames"})
    void aSipUriHasParameters() throws Exception {
        hasParameters("sip:a@b.example;x=1;other=3");
    }

    @Test
    @Proves({"URI.setParameter", "URI.removeParameter", "URI.getParameterNames"})
    void aTelUriHasParameters() throws Exception {
        hasParameters("tel:+1201;x=1;other=3");
    }

    private static void hasParameters(String text) throws Exception {
        URI uri = factory.createURI(text);
        assertThat(uri.getParameter("x")).isEqualTo("1");
        assertThat(uri.getParameter("y")).isNull();
        assertThat(uri.getParameterNames()).toIterable().containsExactlyInAnyOrder("x", "other");
        uri.setParameter("x", "2");
        uri.setParameter("on", "");
        uri.removeParameter("other");
        uri.removeParameter("absent");
        assertThat(uri.getParameter("x")).isEqualTo("2");
        assertThat(uri.getParameterNames()).toIterable().containsExactlyInAnyOrder("x", "on");
        assertThat(uri.toString()).contains(";x=2").contains(";on").doesNotContain("on=");
        assertThatThrownBy(() -> uri.setParameter(null, "v")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> uri.removeParameter(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves({"URI.clone", "URI.equals", "URI.toString"})
    void aCloneIsEqualUntilItIsChanged() throws Exception {
        for (String text : new String[] {"sip:a@b.example;x=1", "tel:+1201;x=1", "http://b.example/a"}) {
            URI uri = factory.createURI(text);
            URI clone = uri.clone();
            assertThat(clone).isNotSameAs(uri).hasToString(text);
            assertThat(clone.equals(uri)).as(text).isTrue();
            assertThat(uri.equals(factory.createURI(text))).as(text).isTrue();
        }
        URI uri = factory.createURI("sip:a@b.example;x=1");
        URI clone = uri.clone();
        clone.setParameter("x", "2");
        assertThat(clone.equals(uri)).isFalse();
        assertThat(uri).hasToString("sip:a@b.example;x=1");
        assertThat(uri.equals(factory.createURI("tel:+1201"))).isFalse();
    }

    @Test
    @Proves({"TelURL", "TelURL.getPhoneNumber", "TelURL.isGlobal", "TelURL.getPhoneContext", "TelURL.toString"})
    void aTelephoneNumberIsGlobalOrLocalToAContext() throws Exception {
        TelURL global = (TelURL) factory.createURI("tel:+1-201-555-0123");
        assertThat(TelURL.class).isInterface();
        assertThat(global.getPhoneNumber()).isEqualTo("1-201-555-0123");
        assertThat(global.isGlobal()).isTrue();
        assertThat(global.getPhoneContext()).isNull();
        assertThat(global).hasToString("tel:+1-201-555-0123");

        TelURL local = (TelURL) factory.createURI("tel:7042;phone-context=example.com");
        assertThat(local.getPhoneNumber()).isEqualTo("7042");
        assertThat(local.isGlobal()).isFalse();
        assertThat(local.getPhoneContext()).isEqualTo("example.com");
        assertThat(local).hasToString("tel:7042;phone-context=example.com");
    }

    @Test
    void aGlobalNumberCanBeReplacedByAnotherOne() throws Exception {
        TelURL url = (TelURL) factory.createURI("tel:+1201");

        url.setPhoneNumber("+1-201-555-0123");
        assertThat(url).hasToString("tel:+1-201-555-0123");
        assertThatThrownBy(() -> url.setPhoneNumber("not a number")).isInstanceOf(IllegalArgumentException.class);
        assertThat(url).hasToString("tel:+1-201-555-0123");
    }

    @Test
    @Proves("URI.setParameter")
    void aFlagOfASipUriIsAnEmptyParameter() throws Exception {
        hasFlags("sip:a@b.example;flag");
    }

    private static void hasFlags(String text) throws Exception {
        URI uri = factory.createURI(text);
        assertThat(uri.getParameter("flag")).isEmpty();
        uri.setParameter("on", "");
        assertThat(uri.getParameter("on")).isEmpty();
        assertThat(uri.toString()).contains(";on").doesNotContain("on=");
    }

    @Test
    @Proves("TelURL.setPhoneNumber-String-String")
    void aTelephoneNumberCanBeReplaced() throws Exception {
        TelURL url = (TelURL) factory.createURI("tel:+1201");

        url.setPhoneNumber("7042", "example.com");
        assertThat(url).hasToString("tel:7042;phone-context=example.com");
        assertThat(url.isGlobal()).isFalse();
        assertThat(url.getPhoneContext()).isEqualTo("example.com");

        url.setPhoneNumber("+1-201-555-0123");
        assertThat(url).hasToString("tel:+1-201-555-0123");
        assertThat(url.isGlobal()).isTrue();
        assertThat(url.getPhoneContext()).isNull();
    }

    @Test
    @Proves("TelURL.equals")
    void visualSeparatorsDoNotMatterToEquality() throws Exception {
        URI url = factory.createURI("tel:+1-201-555-0123");

        assertThat(url.equals(factory.createURI("tel:+1(201)5550123"))).isTrue();
        assertThat(url.equals(factory.createURI("tel:+1-201-555-0124"))).isFalse();
        assertThat(factory.createURI("tel:7042;phone-context=example.com")
                        .equals(factory.createURI("tel:7042;phone-context=example.org")))
                .isFalse();
        assertThat(factory.createURI("tel:7042;phone-context=example.com")
                        .equals(factory.createURI("tel:70-42;phone-context=EXAMPLE.com")))
                .isTrue();
    }

    @Test
    @Proves("URI.getParameter")
    void aFlagOfATelUriIsAnEmptyParameter() throws Exception {
        hasFlags("tel:+1201;flag");
    }

    @Test
    @Proves("TelURL.setPhoneNumber-String")
    void aLocalNumberCanBecomeAGlobalOne() throws Exception {
        TelURL url = (TelURL) factory.createURI("tel:7042;phone-context=example.com");
        url.setPhoneNumber("+1-201-555-0123");
        assertThat(url.getPhoneNumber()).isEqualTo("1-201-555-0123");
        assertThat(url.isGlobal()).isTrue();
        assertThat(url.getPhoneContext()).isNull();
        assertThat(url).hasToString("tel:+1-201-555-0123");
    }

    @Test
    @Proves("URI.getParameter")
    void escapesInParametersAreResolvedOnce() throws Exception {
        URI uri = factory.createURI("sip:caller@example.com;%6C%72;n%61me=v%61lue%25%34%31");
        assertThat(uri.getParameter("name")).isEqualTo("value%41");
        assertThat(uri.getParameter("lr")).isEmpty();
        assertThat(uri.getParameterNames()).toIterable().containsExactly("lr", "name");
    }

    @Test
    @Proves("URI.setParameter")
    void aValueIsReadAsItWasSet() throws Exception {
        for (String text : new String[] {"sip:a@example.com", "tel:+1201"}) {
            URI uri = factory.createURI(text);
            uri.setParameter("share", "100%");
            uri.setParameter("text", "a;b=\u00fc?");
            assertThat(uri.getParameter("share")).isEqualTo("100%");
            assertThat(factory.createURI(uri.toString()).getParameter("text")).isEqualTo("a;b=\u00fc?");
        }
    }
}
