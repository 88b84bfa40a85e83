// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.util.ListIterator;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.Test;

class MessageHeadersApiTest extends ApiScene {
    @Test
    @Proves({
        "SipServletMessage",
        "SipServletMessage.getHeader",
        "SipServletMessage.getHeaders",
        "SipServletMessage.getHeaderNames"
    })
    void headersAreReadByLongAndByCompactName() throws Exception {
        String options = request("OPTIONS", "Subject: fire", "X-Own: 1", "X-Own: 2");
        check(options, request -> {
            assertThat(SipServletMessage.class).isInterface();
            assertThat(request).isInstanceOf(SipServletMessage.class);
            assertThat(request.getHeader("Subject")).isEqualTo("fire");
            assertThat(request.getHeader("s")).isEqualTo("fire");
            assertThat(request.getHeader("sUBJECT")).isEqualTo("fire");
            assertThat(request.getHeader("Absent")).isNull();
            assertThat(request.getHeader("X-Own")).isEqualTo("1");
            assertThat(request.getHeaders("X-Own")).toIterable().containsExactly("1", "2");
            assertThat(request.getHeaders("s")).toIterable().containsExactly("fire");
            assertThat(request.getHeaders("Absent")).isExhausted();
            assertThat(request.getHeaderNames())
                    .toIterable()
                    .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
                    .contains("Subject", "X-Own", "Via", "Call-ID")
                    .doesNotContain("Absent");
            assertThatThrownBy(() -> request.getHeader(null)).isInstanceOf(NullPointerException.class);
        });
    }

    @Test
    @Proves({"SipServletMessage.setHeader", "SipServletMessage.addHeader", "SipServletMessage.removeHeader"})
    void headersOfAnOutgoingMessageAreSetAddedAndRemoved() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.setHeader("Subject", "water");
        options.setHeader("s", "fire");
        options.addHeader("X-Own", "1");
        options.addHeader("X-Own", "2");
        options.addHeader("X-Gone", "1");
        options.addHeader("X-Gone", "2");
        options.removeHeader("X-Gone");
        options.removeHeader("Absent");
        options.setHeader("Organization", "us");
        options.removeHeader("organization");
        options.send();

        String sent = heard("OPTIONS", options);
        assertThat(RawPeer.header(sent, "(Subject|s)")).isNotNull();
        assertThat(sent.lines())
                .filteredOn(line -> line.matches("(?i)(subject|s): *fire"))
                .hasSize(1);
        assertThat(sent).contains("\r\nX-Own: 1\r\nX-Own: 2\r\n").doesNotContain("water", "X-Gone", "Organization");
        assertThatThrownBy(() -> options.setHeader(null, "v")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> options.setHeader("X", null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves({"SipServletMessage.setHeader", "SipServletMessage.addHeader", "SipServletMessage.removeHeader"})
    void systemHeadersCannotBeChangedByName() throws Exception {
        SipServletRequest invite = outgoing("INVITE");

        for (String name : new String[] {"Call-ID", "CSeq", "Via", "Route", "Record-Route", "RAck", "RSeq"}) {
            assertThatThrownBy(() -> invite.setHeader(name, "1"))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("system header");
            assertThatThrownBy(() -> invite.addHeader(name, "1"))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("system header");
            assertThatThrownBy(() -> invite.removeHeader(name))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("system header");
        }
    }

    @Test
    @Proves({"SipServletMessage.setHeader", "SipServletMessage.addHeader", "SipServletMessage.removeHeader"})
    void aMessageThatWasSentCannotBeChanged() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.send();

        assertThatThrownBy(() -> options.setHeader("Subject", "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> options.addHeader("Subject", "x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> options.removeHeader("Subject")).isInstanceOf(IllegalStateException.class);
        heard("OPTIONS", options);
    }

    @Test
    @Proves("SipServletMessage.setExpires")
    void expiresOfAMessageThatWasSentCannotBeChanged() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.send();

        assertThatThrownBy(() -> options.setExpires(1)).isInstanceOf(IllegalStateException.class);
        heard("OPTIONS", options);
    }

    @Test
    @Proves({
        "SipServletMessage.getAddressHeader",
        "SipServletMessage.getAddressHeaders",
        "SipServletMessage.setAddressHeader",
        "SipServletMessage.addAddressHeader"
    })
    void addressHeadersAreReadAndWrittenAsAddresses() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.setAddressHeader("Reply-To", factory.createAddress("<sip:other@example.com>"));
        options.setAddressHeader("Reply-To", factory.createAddress("\"Bob\" <sip:bob@example.com>;p=v"));
        options.addAddressHeader("P-Asserted-Identity", factory.createAddress("<sip:two@example.com>"), false);
        options.addAddressHeader("P-Asserted-Identity", factory.createAddress("<sip:three@example.com>"), false);
        options.addAddressHeader("P-Asserted-Identity", factory.createAddress("<sip:one@example.com>"), true);

        Address replyTo = options.getAddressHeader("Reply-To");
        assertThat(replyTo.getDisplayName()).isEqualTo("Bob");
        assertThat(replyTo.getParameter("p")).isEqualTo("v");
        assertThat(options.getAddressHeader("Absent")).isNull();
        assertThat(options.getAddressHeader("P-Asserted-Identity").getURI()).hasToString("sip:one@example.com");
        assertThat(options.getAddressHeaders("P-Asserted-Identity"))
                .toIterable()
                .extracting(address -> address.getURI().toString())
                .containsExactly("sip:one@example.com", "sip:two@example.com", "sip:three@example.com");
        options.setHeader("Subject", "(no address");
        assertThatThrownBy(() -> options.getAddressHeader("Subject")).isInstanceOf(ServletParseException.class);
        assertThatThrownBy(() -> options.getAddressHeaders("Subject")).isInstanceOf(ServletParseException.class);
        assertThatThrownBy(() -> options.getAddressHeader(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves({
        "SipServletMessage.setAddressHeader",
        "SipServletMessage.addAddressHeader",
        "SipServletMessage.setParameterableHeader"
    })
    void systemHeadersCannotBeChangedByAddress() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        Address address = factory.createAddress("<sip:bob@example.com>");

        for (String name : new String[] {"From", "To", "Route", "Record-Route"}) {
            assertThatThrownBy(() -> invite.setAddressHeader(name, address))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> invite.addAddressHeader(name, address, true))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> invite.setParameterableHeader("Route", address))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves("SipServletMessage.addParameterableHeader")
    void aSystemHeaderCannotBeAddedAsAParameterable() throws Exception {
        SipServletRequest invite = outgoing("INVITE");
        Parameterable address = factory.createAddress("<sip:bob@example.com>");

        assertThatThrownBy(() -> invite.addParameterableHeader("Route", address, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Proves({
        "SipServletMessage.getParameterableHeader",
        "SipServletMessage.getParameterableHeaders",
        "SipServletMessage.setParameterableHeader",
        "SipServletMessage.addParameterableHeader"
    })
    void parameterableHeadersAreReadAndWrittenAsParameterables() throws Exception {
        Parameterable html = accept("text/html;level=1");
        SipServletRequest options = outgoing("OPTIONS");
        options.setParameterableHeader("Accept", accept("text/none"));
        options.setParameterableHeader("Accept", html);
        options.addParameterableHeader("Accept", accept("text/last"), false);
        options.addParameterableHeader("Accept", accept("text/first"), true);

        assertThat(options.getParameterableHeaders("Accept"))
                .toIterable()
                .extracting(Parameterable::getValue)
                .containsExactly("text/first", "text/html", "text/last");
        assertThat(options.getParameterableHeader("Accept").getValue()).isEqualTo("text/first");
        assertThat(options.getParameterableHeader("Accept-Encoding")).isNull();
        options.send();
        assertThat(heard("OPTIONS", options)).contains("text/html;level=1").doesNotContain("text/none");
        assertThatThrownBy(() -> options.getParameterableHeader("Call-ID")).isInstanceOf(ServletParseException.class);
        assertThatThrownBy(() -> options.getParameterableHeader(null)).isInstanceOf(NullPointerException.class);
    }

    private static Parameterable accept(String text) throws Exception {
        return inServlet(request("OPTIONS", "Accept: " + text), request ->
                (Parameterable) request.getParameterableHeader("Accept").clone());
    }

    @Test
    @Proves({
        "SipServletMessage.getHeaders",
        "SipServletMessage.getAddressHeaders",
        "SipServletMessage.getParameterableHeaders"
    })
    void systemHeadersCannotBeChangedThroughTheirIterators() throws Exception {
        check(request("OPTIONS"), request -> {
            ListIterator<String> vias = request.getHeaders("Via");
            vias.next();
            assertThatThrownBy(vias::remove).isInstanceOf(IllegalStateException.class);
            ListIterator<Address> from = request.getAddressHeaders("From");
            from.next();
            assertThatThrownBy(from::remove).isInstanceOf(IllegalStateException.class);
            ListIterator<? extends Parameterable> via = request.getParameterableHeaders("Via");
            via.next();
            assertThatThrownBy(via::remove).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    @Proves({"SipServletMessage.getExpires", "SipServletMessage.setExpires"})
    void expiresIsAHeaderOfSeconds() throws Exception {
        SipServletRequest register = outgoing("REGISTER");
        assertThat(register.getExpires()).isEqualTo(-1);

        register.setExpires(3600);
        assertThat(register.getExpires()).isEqualTo(3600);
        assertThat(register.getHeader("Expires")).isEqualTo("3600");
        register.send();
        assertThat(heard("REGISTER", register)).contains("\r\nExpires: 3600\r\n");
    }

    @Test
    @Proves({"SipServletMessage.getFrom", "SipServletMessage.getTo", "SipServletMessage.getCallId"})
    void theNamesOfADialogAreReadFromTheMessage() throws Exception {
        String options = request("OPTIONS");
        check(options, request -> {
            assertThat(request.getFrom().getURI()).hasToString("sip:raw@127.0.0.1:" + peer.port());
            assertThat(request.getFrom().getParameter("tag")).isEqualTo("raw");
            assertThat(request.getTo().getURI()).hasToString("sip:service@127.0.0.1:" + container.port);
            assertThat(request.getTo().getParameter("tag")).isNull();
            assertThat(request.getCallId()).isEqualTo(callId(options));
        });
    }

    @Test
    @Proves({"SipServletMessage.getMethod", "SipServletMessage.getProtocol"})
    void theMethodOfAResponseIsThatOfItsRequest() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        assertThat(options.getMethod()).isEqualTo("OPTIONS");
        options.send();
        peer.send(peer.response(heard("OPTIONS", options), 200, "OK", ""), container.port);

        SipServletMessage ok = Script.response(options.getCallId());
        assertThat(ok.getMethod()).isEqualTo("OPTIONS");
        assertThat(ok.getProtocol()).isEqualTo("SIP/2.0");
        assertThat(options.getProtocol()).isEqualTo("SIP/2.0");
    }

    @Test
    @Proves({"SipServletMessage.setHeader", "SipServletMessage.addHeader", "SipServletMessage.removeHeader"})
    void systemHeadersCannotBeChangedByTheirCompactName() throws Exception {
        SipServletRequest invite = outgoing("INVITE");

        for (String name : new String[] {"i", "v"}) {
            assertThatThrownBy(() -> invite.setHeader(name, "1"))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("system header");
            assertThatThrownBy(() -> invite.removeHeader(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
