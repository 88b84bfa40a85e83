// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.sdp;

import java.math.BigInteger;
import java.util.List;

/** The o= line (RFC 4566 section 5.2). */
record Origin(String user, String sessionId, BigInteger version, String address) {
    private static final int FIELDS = 6;

    /** @throws IllegalArgumentException if {@code session} has no well-formed o= line */
    static Origin of(List<String> session) {
        String[] field = session.stream()
                .filter(line -> line.startsWith("o="))
                .findFirst()
                .map(line -> line.substring(2).split(" "))
                .orElseThrow(() -> new IllegalArgumentException("no o= line"));
        if (field.length != FIELDS) {
            throw new IllegalArgumentException("o= line with " + field.length + " fields");
        }
        String address = String.join(" ", field[3], field[4], field[5]);
        return new Origin(field[0], field[1], new BigInteger(field[2]), address);
    }

    Origin next() {
        return new Origin(user, sessionId, version.add(BigInteger.ONE), address);
    }

    String line() {
        return "o=" + user + ' ' + sessionId + ' ' + version + ' ' + address;
    }
}
