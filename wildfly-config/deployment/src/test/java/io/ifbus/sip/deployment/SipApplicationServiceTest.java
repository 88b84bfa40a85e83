// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;

/** Why an application does not start, on one line. */
final class SipApplicationServiceTest {
    @Test
    void reasonNamesEachCauseOnce() {
        Exception cause = new IllegalStateException("no dial plan\n  in /etc");

        assertThat(SipApplicationService.reason(new ServletException("SIP servlet 'x' could not be made", cause)))
                .isEqualTo("SIP servlet 'x' could not be made: no dial plan in /etc");
    }

    @Test
    void causeWithoutAMessageIsNamedByItsType() {
        assertThat(SipApplicationService.reason(new ServletException("wrong", new NullPointerException())))
                .isEqualTo("wrong: java.lang.NullPointerException");
    }

    @Test
    void messageThatRepeatsItsCauseIsSaidOnce() {
        assertThat(SipApplicationService.reason(new RuntimeException(new IllegalStateException("b"))))
                .isEqualTo("java.lang.IllegalStateException: b");
    }
}
