// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * The credentials that a phone demands of who calls it.
 *
 * @param status 401 or 407
 * @param header the value of the header that asks for them, with a nonce of its own
 */
record Challenge(int status, String user, String password, String header) {

    Challenge {
        if (status != 401 && status != 407) throw new IllegalArgumentException("not a challenge: " + status);
        requireNonNull(user, "user");
        requireNonNull(password, "password");
        requireNonNull(header, "header");
    }

    static Challenge of(int status, String algorithm, String user, String password) {
        String nonce = UUID.randomUUID().toString().replace("-", "");
        return new Challenge(status, user, password, Digest.challenge("phones", nonce, algorithm));
    }

    String asks() {
        return status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
    }

    String answers() {
        return answers(status);
    }

    static String answers(int status) {
        return status == 401 ? "Authorization" : "Proxy-Authorization";
    }

    boolean isMetBy(String authorization, String method) {
        return Digest.isRight(authorization, header, method, user, password);
    }
}
