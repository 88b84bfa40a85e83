// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mobicents.servlet.sip.startup.StaticServiceHolder;

/** A server that has got the messages of RFC 4475, and what became of them. */
abstract class TortureScene {
    @RegisterExtension
    static final Server SERVER = Server.quick(10);

    /** What an INVITE is answered that the application found good. */
    static final int TAKEN = 480;

    static Torture torture;
    static ErrorLog log;

    @BeforeAll
    static void sendAll() throws Exception {
        log = new ErrorLog();
        torture = new Torture(SERVER);
        Script.onRequest(TortureScene::serve);
        lingerSeconds(1);
        torture.sendAll();
    }

    @AfterAll
    static void closeLog() {
        lingerSeconds(8);
        log.close();
        assertThat(log.errors()).isEmpty();
    }

    /** How long the stack keeps a transaction that has ended; messages of one branch have to wait for it. */
    private static void lingerSeconds(int seconds) {
        ((SipStackImpl) StaticServiceHolder.sipStandardService.getSipStack()).setConnectionLingerTimer(seconds);
    }

    /** An endpoint that knows five methods, no extensions, and SDP, and takes no call just now. */
    private static void serve(SipServletRequest request) throws IOException {
        torture.reached(request);
        if (request.getMethod().equals("ACK")) {
            return;
        }
        List<String> required = new ArrayList<>();
        request.getHeaders("Require").forEachRemaining(required::add);
        String accept = request.getHeader("Accept");
        boolean withBody = request.getContentLength() > 0;
        int status = request.getMethod().equals("INVITE") ? TAKEN : 200;
        if (!List.of("INVITE", "OPTIONS", "REGISTER", "BYE", "CANCEL").contains(request.getMethod())) {
            status = 501;
        } else if (!required.isEmpty()) {
            status = 420;
        } else if (withBody && !"application/sdp".equals(request.getContentType())) {
            status = 415;
        } else if (request.getMethod().equals("INVITE") && accept != null && !accept.contains("application/sdp")) {
            status = 406;
        }
        SipServletResponse response = request.createResponse(status);
        if (status == 420) {
            required.forEach(tag -> response.addHeader("Unsupported", tag));
        }
        try {
            response.send();
        } finally {
            request.getApplicationSession().invalidate();
        }
    }

    static Torture.Outcome udp(String name) {
        return torture.outcome(name, "UDP");
    }

    static Torture.Outcome tcp(String name) {
        return torture.outcome(name, "TCP");
    }

    /** What both transports gave, the one that the Via does not name only if it answered. */
    static List<Torture.Outcome> both(String name, String via) {
        List<Torture.Outcome> both = new ArrayList<>(List.of(torture.outcome(name, via)));
        Torture.Outcome other = torture.outcome(name, via.equals("UDP") ? "TCP" : "UDP");
        boolean refused =
                via.equals("TCP") && other.status() == 400 && other.reached.isEmpty(); // the Via is a wrong one
        if (other.status() != 0 && !refused) {
            both.add(other);
        }
        return both;
    }

    static void assertStatus(String name, String via, Integer... allowed) {
        for (Torture.Outcome outcome : both(name, via)) {
            assertThat(outcome.status()).as(outcome.toString()).isIn((Object[]) allowed);
        }
    }

    static void assertRefusedUnseen(String name, String via, int status) {
        for (Torture.Outcome outcome : both(name, via)) {
            assertThat(outcome.status()).as(outcome.toString()).isEqualTo(status);
            assertThat(outcome.reached).isEmpty();
        }
    }

    static Address contact(Torture.Outcome outcome) {
        return torture.contact(outcome);
    }

    static void assertNoEffect(String name) {
        for (Torture.Outcome outcome : List.of(udp(name), tcp(name))) {
            assertThat(outcome.answers).isEmpty();
            assertThat(outcome.reached).isEmpty();
        }
    }

    static String text(String name) {
        return torture.text(name);
    }

    static String words(String value) {
        return value.replaceAll("\\s+", "");
    }
}
