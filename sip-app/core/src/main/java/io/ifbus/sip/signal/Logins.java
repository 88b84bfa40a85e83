// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.signal;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * Our credentials with the servers that we call through.
 *
 * @param byRealm as their challenges name it
 */
public record Logins(Map<String, Login> byRealm) {
    public Logins {
        byRealm = Map.copyOf(byRealm);
    }

    /**
     * One user name and password; its text form does not show the password.
     *
     * @param host the only one that is answered, as our INVITEs name it, without a port and in lower case
     */
    public record Login(String user, String password, String host) {
        public Login {
            requireNonNull(user, "user");
            requireNonNull(host, "host");
            requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return user + " with a password";
        }
    }

    /** For a challenge of {@code realm} by {@code host}: nobody else is given a digest of the password to guess at. */
    public Optional<Login> of(String realm, String host) {
        return Optional.ofNullable(byRealm.get(realm))
                .filter(login -> login.host().equals(host));
    }
}
