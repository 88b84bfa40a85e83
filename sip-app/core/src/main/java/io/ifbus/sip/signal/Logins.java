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

    /** One user name and password; its text form does not show the password. */
    public record Login(String user, String password) {
        public Login {
            requireNonNull(user, "user");
            requireNonNull(password, "password");
        }

        @Override
        public String toString() {
            return user + " with a password";
        }
    }

    public Optional<Login> of(String realm) {
        return Optional.ofNullable(byRealm.get(realm));
    }
}
