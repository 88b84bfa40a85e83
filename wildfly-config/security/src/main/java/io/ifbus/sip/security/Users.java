// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import java.io.IOException;
import java.util.Optional;

/** Those who may log in. Used by many threads at once; may block, which delays the one call that asks. */
@FunctionalInterface
public interface Users {
    /** No user database: nobody can log in. */
    Users NONE = (name, realm) -> Optional.empty();

    /**
     * The user of that name.
     *
     * @param name as the caller gives it, or of an asserted identity: {@code sip:user@host}
     * @param realm in which the caller was asked to log in
     * @throws IOException if the store cannot be asked; the request is answered with 503
     */
    Optional<User> find(String name, String realm) throws IOException;
}
