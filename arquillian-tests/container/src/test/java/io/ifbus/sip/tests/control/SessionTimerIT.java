// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.RawDialog;
import io.ifbus.sip.phones.RawMessage;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.calls.Story;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What both phones and we agree on about refreshes (RFC 4028). */
class SessionTimerIT {

    @RegisterExtension
    final Story story = new Story();

    private Through through;

    @BeforeEach
    void opens() {
        through = new Through(story);
    }

    @AfterEach
    void closes() {
        through.close();
    }

    /** Section 9: who refreshes, and whether the caller must know about timers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "timer | 90                | 90;refresher=uac   | timer",
                "timer | 90;refresher=uac  | 90;refresher=uac   | timer",
                "timer | 90;refresher=uas  | 90;refresher=uas   | -",
                "timer | 7200              | 1800;refresher=uac | timer",
                "timer | -                 | 1800;refresher=uac | timer",
                "-     | 600               | 600;refresher=uas  | -",
                "-     | -                 | -                  | -",
            })
    void callersAreToldWhoRefreshes(String supported, String wish, String told, String required) {
        through.calls(m -> maybe(maybe(m, "Supported", supported), "Session-Expires", wish));
        assertThat(through.callee.invite().header("Session-Expires")).isEqualTo("1800");
        assertThat(through.callee.invite().header("Min-SE")).isEqualTo("90");
        through.answers(ok -> ok);
        assertThat(through.ok.find("Session-Expires").orElse(null)).isEqualTo(told);
        assertThat(through.ok.find("Require").orElse(null)).isEqualTo(required);
        through.callerHangsUp();
    }

    private static RawMessage maybe(RawMessage message, String name, String value) {
        return value == null ? message : message.with(name, value);
    }

    @Test
    void tooShortAnIntervalIsRefused() {
        through.invites(m -> m.with("Supported", "timer").with("Session-Expires", "60"));
        RawMessage refusal = through.callerIsRefused(422);
        assertThat(refusal.header("Min-SE")).isEqualTo("90");
        assertThat(through.callee.trace()).isEmpty();
        story.inbound().ends("failed", 422, "system");
    }

    @Test
    void theCallerRefreshes() {
        through.calls(m -> m.with("Supported", "timer").with("Session-Expires", "90;refresher=uac"));
        through.answers(ok -> ok);
        refreshes(through.caller, through.callers, through.callee);
        through.callerHangsUp();
    }

    @Test
    void theCalleeRefreshes() {
        through.calls(m -> m);
        assertThat(through.callee.invite().header("Supported")).contains("timer");
        through.answers(ok -> ok.with("Session-Expires", "90;refresher=uas").with("Supported", "timer"));
        refreshes(through.callee, through.callees, through.caller);
        through.callerHangsUp();
    }

    /** By UPDATE, which the other does not notice, and by re-INVITE; too short an interval is refused, the call stays. */
    private void refreshes(RawPeer one, RawDialog dialog, RawPeer other) {
        int heard = other.trace().size();
        one.sendsTo(through.port(), refresh(dialog.request("UPDATE"), "90;refresher=uac"));
        assertRefreshed(one.expects("200 UPDATE"));
        one.sendsTo(through.port(), refresh(dialog.request("UPDATE"), "60;refresher=uac"));
        assertThat(one.expects("422 UPDATE").header("Min-SE")).isEqualTo("90");

        RawMessage hasty = refresh(dialog.request("INVITE"), "60;refresher=uac").sdp(one.sdp());
        one.sendsTo(through.port(), hasty);
        RawMessage refusal = one.expects("422 INVITE");
        assertThat(refusal.header("Min-SE")).isEqualTo("90");
        one.sendsTo(through.port(), one.ackOf(hasty, refusal));
        assertThat(other.trace()).hasSize(heard);

        one.sendsTo(
                through.port(),
                refresh(dialog.request("INVITE"), "90;refresher=uac").sdp(one.sdp()));
        other.hears("INVITE");
        other.sends(other.response(200, "OK").sdp(other.sdp())).hears("ACK");
        RawMessage ok = one.expects("200 INVITE");
        assertRefreshed(ok);
        one.sendsTo(through.port(), dialog.ack(ok));
    }

    private static RawMessage refresh(RawMessage request, String wish) {
        return request.with("Supported", "timer").with("Session-Expires", wish);
    }

    private static void assertRefreshed(RawMessage ok) {
        assertThat(ok.header("Session-Expires")).isEqualTo("90;refresher=uac");
        assertThat(ok.header("Require")).isEqualTo("timer");
    }
}
