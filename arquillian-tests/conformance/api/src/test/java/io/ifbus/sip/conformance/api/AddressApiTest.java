// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.Test;

class AddressApiTest extends ApiScene {
    @Test
    @Proves({"Address", "Address.getDisplayName", "Address.setDisplayName", "Address.toString"})
    void anAddressIsADisplayNameAndAUriAndParameters() throws Exception {
        Address address = factory.createAddress("\"Alice Liddell\" <sip:alice@example.com;lr>;expires=60");

        assertThat(Address.class).isInterface();
        assertThat(address).isInstanceOf(Parameterable.class);
        assertThat(address.getDisplayName()).isEqualTo("Alice Liddell");
        address.setDisplayName("Bob");
        assertThat(address.getDisplayName()).isEqualTo("Bob");
        assertThat(factory.createAddress(address.toString()).getDisplayName()).isEqualTo("Bob");
        assertThat(address.toString()).contains("<sip:alice@example.com;lr>").endsWith(";expires=60");
        assertThat(factory.createAddress("<sip:alice@example.com>").getDisplayName())
                .isNull();
    }

    @Test
    @Proves("Address.setURI")
    void theUriOfAnAddressCanBeReplacedButNotRemoved() throws Exception {
        Address address = factory.createAddress("<sip:alice@example.com>");
        assertThat(address.getURI()).isEqualTo(factory.createURI("sip:alice@example.com"));

        address.setURI(factory.createURI("tel:+12015550123"));

        assertThat(address.getURI()).hasToString("tel:+12015550123");
        assertThatThrownBy(() -> address.setURI(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves({"Address.getExpires", "Address.setExpires"})
    void expiresIsAParameterOfSeconds() throws Exception {
        Address address = factory.createAddress("<sip:alice@example.com>");
        assertThat(address.getExpires()).isEqualTo(-1);

        address.setExpires(3600);
        assertThat(address.getExpires()).isEqualTo(3600);
        assertThat(address.getParameter("expires")).isEqualTo("3600");

        address.setExpires(-1);
        assertThat(address.getParameter("expires")).isNull();
    }

    @Test
    @Proves({"Address.getQ", "Address.setQ"})
    void qIsAParameterFrom0To1() throws Exception {
        Address address = factory.createAddress("<sip:alice@example.com>");
        assertThat(address.getQ()).isEqualTo(-1.0f);

        address.setQ(0.5f);
        assertThat(address.getQ()).isEqualTo(0.5f);
        assertThat(address.getParameter("q")).isEqualTo("0.5");

        assertThatThrownBy(() -> address.setQ(1.1f)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> address.setQ(-0.5f)).isInstanceOf(IllegalArgumentException.class);
        address.setQ(-1.0f);
        assertThat(address.getParameter("q")).isNull();
        assertThat(address.getQ()).isEqualTo(-1.0f);
    }

    @Test
    @Proves("Address.equals")
    void addressesAreEqualByUriAndParametersAndNotByDisplayName() throws Exception {
        Address address = factory.createAddress("\"Alice\" <sip:alice@example.com>;q=0.5;expires=60");

        assertThat(address.equals(factory.createAddress("\"Bob\" <sip:alice@EXAMPLE.com>;expires=60;q=0.5")))
                .isTrue();
        assertThat(address.equals(factory.createAddress("<sip:bob@example.com>;q=0.5;expires=60")))
                .isFalse();
        assertThat(address.equals(factory.createAddress("<sip:alice@example.com>;q=0.7;expires=60")))
                .isFalse();
        assertThat(address.equals(null)).isFalse();
    }

    @Test
    @Proves({"Address.isWildcard", "Address.setDisplayName", "Address.setURI"})
    void theAddressOfASystemHeaderCannotBeChanged() throws Exception {
        assertThat(factory.createAddress("*").isWildcard()).isTrue();
        assertThat(factory.createAddress("<sip:alice@example.com>").isWildcard())
                .isFalse();

        SipServletRequest options = outgoing("OPTIONS");
        options.pushRoute((SipURI) factory.createURI("sip:proxy@example.com;lr"));
        Address route = options.getAddressHeader("Route");
        assertThatThrownBy(() -> route.setDisplayName("Bob")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> route.setURI(factory.createURI("sip:b@example.com")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("ServletParseException")
    void whatCannotBeParsedIsAServletParseException() {
        assertThatThrownBy(() -> factory.createAddress("<sip:alice@example.com"))
                .isInstanceOf(ServletParseException.class);
        Throwable cause = new IllegalStateException("cause");
        assertThat(new ServletParseException()).isInstanceOf(jakarta.servlet.ServletException.class);
        assertThat(new ServletParseException("text")).hasMessage("text").hasNoCause();
        assertThat(new ServletParseException("text", cause)).hasMessage("text").hasCause(cause);
        assertThat(new ServletParseException(cause)).hasCause(cause);
    }

    @Test
    @Proves("Address.getURI")
    void aStarIsTheWildcardAndHasNoUri() throws Exception {
        Address wildcard = factory.createAddress("*");

        assertThat(wildcard.isWildcard()).isTrue();
        assertThat(wildcard.getURI()).isNull();
        assertThat(factory.createAddress("<sip:alice@example.com>").isWildcard())
                .isFalse();
    }

    @Test
    @Proves("Address.clone")
    void aCloneHasTheSamePartsButNoTag() throws Exception {
        Address address = factory.createAddress("\"Alice\" <sip:alice@example.com>;tag=1928;p=v");

        Address clone = (Address) address.clone();

        assertThat(clone.getParameter("tag")).isNull();
        assertThat(clone.getParameter("p")).isEqualTo("v");
        assertThat(clone.getDisplayName()).isEqualTo("Alice");
        assertThat(clone.getURI()).isEqualTo(address.getURI());
        clone.setDisplayName("Bob");
        clone.setURI(factory.createURI("sip:bob@example.com"));
        assertThat(address.getDisplayName()).isEqualTo("Alice");
        assertThat(address.getURI()).hasToString("sip:alice@example.com");
        assertThat(address.getParameter("tag")).isEqualTo("1928");
    }
}
