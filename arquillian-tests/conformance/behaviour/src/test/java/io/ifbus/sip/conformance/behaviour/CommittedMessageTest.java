// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.util.List;
import java.util.Locale;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests and responses as objects (JSR 289 chapter 5). */
class CommittedMessageTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private Phone alice;
    private Phone bob;

    @BeforeEach
    void scene() {
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
    }

    private static void assertUnchangeable(SipServletMessage message) {
        assertThat(message.isCommitted()).isTrue();
        List<ThrowingCallable> changes = List.of(
                () -> message.setHeader("X-A", "1"),
                () -> message.addHeader("X-A", "1"),
                () -> message.removeHeader("X-B"),
                () -> message.setContent("text", "text/plain"),
                () -> message.setContentType("text/plain"),
                () -> message.setExpires(3),
                () -> message.setAddressHeader("X-C", exchange.factory().createAddress("<sip:a@10.1.1.1>")),
                () -> message.addAddressHeader("X-C", exchange.factory().createAddress("<sip:a@10.1.1.1>"), true),
                () -> message.setParameterableHeader("X-D", exchange.factory().createParameterable("X-D: a;b=c")),
                () -> message.addParameterableHeader("X-D", exchange.factory().createParameterable("X-D: a;b=c"), true),
                () -> message.addAcceptLanguage(Locale.GERMAN),
                () -> message.setAcceptLanguage(Locale.GERMAN),
                () -> message.setContentLanguage(Locale.GERMAN));
        SoftAssertions.assertSoftly(all -> {
            for (int i = 0; i < changes.size(); i++) {
                all.assertThatThrownBy(changes.get(i)).as("change %s", i).isInstanceOf(IllegalStateException.class);
            }
        });
    }

    @Test
    @Proves("J-5.1-a")
    void whatWasSentCannotBeChanged() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        assertThat(invite.isCommitted()).isFalse();
        exchange.sends(invite);
        assertUnchangeable(invite);
        assertThatThrownBy(() -> invite.setRequestURI(exchange.uri(alice))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> invite.setMaxForwards(3)).isInstanceOf(IllegalStateException.class);
    }

    /** From and To too, but for setHeader: "system header fields only with respect to their tags". */
    @Test
    @Proves("J-5.4.2-a")
    void thereIsOneFromAndOneTo() throws Exception {
        SipServletRequest invite = exchange.request("INVITE", bob);
        SoftAssertions.assertSoftly(all -> {
            for (String header : List.of("From", "To")) {
                all.assertThatThrownBy(() -> invite.addHeader(header, "<sip:a@10.1.1.1>"))
                        .as("add %s", header)
                        .isInstanceOf(IllegalArgumentException.class);
                all.assertThatThrownBy(() -> invite.removeHeader(header))
                        .as("remove %s", header)
                        .isInstanceOf(IllegalArgumentException.class);
                all.assertThatThrownBy(() -> invite.setHeader(header, "<sip:a@10.1.1.1>;tag=other"))
                        .as("set tag of %s", header)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        });
    }
}
