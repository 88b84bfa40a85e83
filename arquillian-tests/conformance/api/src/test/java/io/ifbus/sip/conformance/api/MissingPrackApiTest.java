// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.SipServerSettings;
import io.ifbus.sip.container.TestServer;
import java.time.Duration;
import javax.servlet.sip.SipErrorEvent;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens when a time has passed, on a server with a T1 of 40 ms. */
class MissingPrackApiTest extends ApiScene {
    @BeforeAll
    static void open() throws Exception { // instead of the usual one
        open(SharedServer.own(() -> new TestServer(
                SipServerSettings.DEFAULTS.withT1(Duration.ofMillis(40)), Script.class, Recorder.class)));
    }

    @Test
    @Proves("SipErrorListener.noPrackReceived")
    void aReliableResponseWithoutAPrackIsReported() throws Exception {
        String invite = request("INVITE", "Supported: 100rel");
        SipServletRequest request = inServlet(invite, received -> {
            received.createResponse(183).sendReliably();
            return received;
        });
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(Recorder.seen("noPrackReceived"))
                .extracting(seen -> (SipErrorEvent) seen.event())
                .filteredOn(event -> event.getRequest().getCallId().equals(callId(invite)))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.getRequest()).isEqualTo(request);
                    assertThat(event.getResponse().getStatus()).isEqualTo(183);
                }));
        heard("SIP/2.0 504", invite);
    }
}
