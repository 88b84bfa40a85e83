// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.flows;

import io.ifbus.sip.phones.OnTheWire;
import io.ifbus.sip.phones.Traced;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What somebody sent and received since a moment, without the rest of what had begun before. */
final class Since implements OnTheWire {

    private final OnTheWire phone;
    private final Set<String> before = new HashSet<>();

    Since(OnTheWire phone) {
        this.phone = phone;
        phone.trace().forEach(line -> before.add(exchange(line)));
    }

    @Override
    public String name() {
        return phone.name();
    }

    @Override
    public int port() {
        return phone.port();
    }

    @Override
    public List<Traced> trace() {
        return phone.trace().stream()
                .filter(line -> !before.contains(exchange(line)))
                .toList();
    }

    /** Equal for a request, its responses, and the ACK of an INVITE. */
    private static String exchange(Traced line) {
        String[] words = line.kind().split(" ");
        String method = words[words.length - 1];
        boolean asked = (words.length == 1) == (line.way() == Traced.Way.SENT);
        return line.callId() + "|" + line.cseq() + "|" + (method.equals("ACK") ? "INVITE" : method) + "|" + asked;
    }
}
