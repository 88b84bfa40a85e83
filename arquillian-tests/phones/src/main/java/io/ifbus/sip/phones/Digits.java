// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.Map;
import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Keys pressed during a call, by INFO (application/dtmf-relay). For the line's thread. */
final class Digits {

    private static final String TYPE = "application/dtmf-relay";
    private static final int DURATION_MS = 160;

    private final CallCore call;
    private final Equipment equipment;
    private final StringBuilder heard = new StringBuilder();

    Digits(CallCore call, Equipment equipment) {
        this.call = call;
        this.equipment = equipment;
    }

    void press(char key) throws Exception {
        if ("0123456789*#ABCD".indexOf(key) < 0) throw new IllegalArgumentException("no such key: " + key);
        String body = "Signal=" + key + "\r\nDuration=" + DURATION_MS + "\r\n";
        call.send(Request.INFO, request -> equipment.messages().content(request, TYPE, body));
    }

    void heard(Request info, ServerTransaction transaction) throws Exception {
        boolean relay = Messages.header(info, "Content-Type").orElse("").startsWith(TYPE);
        Optional<String> body = Messages.body(info);
        if (relay && body.isPresent())
            body.get().lines().filter(line -> line.matches("Signal *= *.\\s*")).forEach(line -> equipment
                    .watch()
                    .change(() -> heard.append(line.trim().charAt(line.trim().length() - 1))));
        equipment.messages().respond(transaction, Response.OK, Optional.empty(), Map.of());
    }

    String heard() {
        return equipment.watch().look(heard::toString);
    }
}
