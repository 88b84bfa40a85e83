// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.Test;

/** A forking proxy gathers the challenges of several realms (RFC 3261 section 16.7, step 7). */
class ChallengesApiTest extends ApiScene {
    private static String digest(String realm) {
        return "Digest realm=\"" + realm + "\", nonce=\"n-" + realm + "\"";
    }

    @Test
    @Proves("SipServletResponse.getChallengeRealms")
    void theRealmsOfAllChallengesAreKnown() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        options.send();
        String received = heard("OPTIONS", options);
        peer.send(
                with(
                        peer.response(received, 407, "Proxy Authentication Required", ""),
                        "WWW-Authenticate: " + digest("one"),
                        "WWW-Authenticate: " + digest("two"),
                        "Proxy-Authenticate: " + digest("three"),
                        "Proxy-Authenticate: " + digest("one")),
                container.port);

        SipServletResponse challenge = Script.response(options.getCallId());

        assertThat(challenge.getChallengeRealms()).toIterable().containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    @Proves("SipServletMessage.addHeader")
    void aChallengeIsAddedToAnother() throws Exception {
        String options = request("OPTIONS");
        check(options, request -> {
            SipServletResponse refusal = request.createResponse(401);
            refusal.addHeader("WWW-Authenticate", digest("one"));
            refusal.addHeader("WWW-Authenticate", digest("two"));
            refusal.send();
        });

        assertThat(heard("SIP/2.0 401", options)).contains("realm=\"one\"", "realm=\"two\"");
    }

    @Test
    @Proves("SipServletMessage.addHeader")
    void credentialsAreAddedToOthers() throws Exception {
        SipServletRequest options = outgoing("OPTIONS");
        for (String name : new String[] {"Authorization", "Proxy-Authorization"}) {
            for (String realm : new String[] {"one", "two"}) {
                options.addHeader(name, digest(name + realm) + ", username=\"a\", uri=\"sip:b\", response=\"0\"");
            }
        }
        options.send();

        assertThat(heard("OPTIONS", options))
                .contains("realm=\"Authorizationone\"", "realm=\"Authorizationtwo\"")
                .contains("realm=\"Proxy-Authorizationone\"", "realm=\"Proxy-Authorizationtwo\"");
    }
}
