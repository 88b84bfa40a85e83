// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that are no application's: what passes through, and what is refused. */
class TransitTest {
    private TestServer container;
    private RawPeer caller;
    private RawPeer next;

    @BeforeEach
    void start() throws Exception {
        container = new TestServer(SipServerSettings.DEFAULTS.withT1(Duration.ofMillis(20)), List.of());
        caller = new RawPeer();
        next = new RawPeer();
    }

    @AfterEach
    void stop() {
        caller.close();
        next.close();
        container.close();
    }

    private String toNext(String method, String callId, String toTag) {
        return caller.request(method, container.port, callId, toTag, 1, "")
                .replaceFirst(method + " \\S+", method + " sip:next@127.0.0.1:" + next.port());
    }

    private String inviteArrives(String callId) {
        caller.send(toNext("INVITE", callId, null), container.port);
        return next.await("INVITE", callId);
    }

    @Test
    void whatBelongsToNoDialogIsNotSentOnToWhereItPoints() {
        for (String method : List.of("BYE", "INFO", "UPDATE")) {
            caller.send(toNext(method, method + "-tagless", null), container.port);
            assertThat(caller.await("SIP/2.0", method + "-tagless")).startsWith("SIP/2.0 481");
            caller.send(toNext(method, method + "-foreign", "elsewhere"), container.port);
            assertThat(caller.await("SIP/2.0", method + "-foreign")).startsWith("SIP/2.0 481");
        }
        assertThat(next.receive(100)).isNull();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(container.server.transactionCount())
                .isZero());
    }

    @Test
    void theRefusalOfTheNextHopReachesTheCaller() {
        next.send(next.response(inviteArrives("busy"), 503, "Service Unavailable", ""), container.port);
        assertThat(caller.await("SIP/2.0 5", "busy")).startsWith("SIP/2.0 503");
    }

    @Test
    void aNextHopThatIsNotHeardOfIsATimeOutForTheCaller() {
        inviteArrives("silent");
        assertThat(caller.await("SIP/2.0 4", "silent")).startsWith("SIP/2.0 408");
    }

    @Test
    void aCancelFollowsItsInviteButNotBeforeTheNextHopIsHeardOf() {
        String invite = inviteArrives("regretted");
        caller.send(toNext("CANCEL", "regretted", null).replace("-1CANCEL", "-1INVITE"), container.port);
        caller.awaitOk("CANCEL", "regretted");
        next.send(next.response(invite, 180, "Ringing", ""), container.port);
        endsCancelled("regretted", invite);
    }

    @Test
    void aCancelFollowsAnInviteThatRings() {
        String invite = inviteArrives("rings");
        next.send(next.response(invite, 180, "Ringing", ""), container.port);
        caller.await("SIP/2.0 180", "rings");
        caller.send(toNext("CANCEL", "rings", null).replace("-1CANCEL", "-1INVITE"), container.port);
        caller.awaitOk("CANCEL", "rings");
        endsCancelled("rings", invite);
    }

    private void endsCancelled(String callId, String invite) {
        String cancel = next.await("CANCEL", callId);
        assertThat(RawPeer.header(cancel, "Via")).isEqualTo(RawPeer.header(invite, "Via"));
        next.send(next.response(cancel, 200, "OK", ""), container.port);
        next.send(next.response(invite, 487, "Request Terminated", ""), container.port);
        assertThat(caller.await("SIP/2.0 4", callId)).startsWith("SIP/2.0 487");
    }
}
