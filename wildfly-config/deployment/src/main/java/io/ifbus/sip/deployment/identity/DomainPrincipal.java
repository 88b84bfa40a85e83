// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.identity;

import java.security.Principal;
import java.util.Optional;
import org.wildfly.security.auth.server.SecurityIdentity;

/** Who somebody is, with the identity that goes along when EJBs are called. Equal by name, as principals are. */
final class DomainPrincipal implements Principal {
    private final String name;
    private final SecurityIdentity identity;

    /** @param identity null when the domain does not let this user in */
    DomainPrincipal(String name, SecurityIdentity identity) {
        this.name = name;
        this.identity = identity;
    }

    Optional<SecurityIdentity> identity() {
        return Optional.ofNullable(identity);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainPrincipal principal && principal.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
