// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.identity;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.container.ApplicationEnvironment.ServletCode;
import io.ifbus.sip.security.Users;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mobicents.servlet.sip.core.security.SipPrincipal;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.authz.RoleMapper;
import org.wildfly.security.authz.Roles;

/** Those of one security domain: who may log in, and who a servlet is towards EJBs. Safe for use by any thread. */
public final class Identities {
    private static final String EJB = "ejb"; // the category in which EJBs look for roles

    private final SecurityDomain domain;
    private final Users users;

    /** @param moreRoles roles of the application by name of a user, beside those that the domain gives */
    public Identities(SecurityDomain domain, Map<String, Set<String>> moreRoles) {
        this.domain = requireNonNull(domain, "domain");
        this.users = new DomainUsers(domain, moreRoles);
    }

    public Users users() {
        return users;
    }

    /**
     * Runs {@code code} as {@code caller}, or in the role {@code runAs} if there is one.
     *
     * @param caller null when nobody has been authenticated
     * @param runAs null for none
     */
    public void runAs(Principal caller, String runAs, ServletCode code) throws ServletException, IOException {
        Optional<SecurityIdentity> identity = runAs == null ? identity(caller) : Optional.of(withRole(runAs));
        if (identity.isEmpty()) {
            code.run();
            return;
        }
        try {
            identity.get()
                    .<ServletCode, Object, Exception>runAsConsumerEx((servlet, nothing) -> servlet.run(), code, null);
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // the code declares no other
            throw new IllegalStateException(e);
        }
    }

    private static Optional<SecurityIdentity> identity(Principal caller) {
        Principal user = caller instanceof SipPrincipal sip ? sip.getPrincipal() : caller;
        return user instanceof DomainPrincipal known ? known.identity() : Optional.empty();
    }

    /** Nobody in particular, as for HTTP servlets with run-as (the server's run-as-principal is anonymous). */
    private SecurityIdentity withRole(String role) {
        RoleMapper only = RoleMapper.constant(Roles.of(role));
        return domain.getAnonymousSecurityIdentity().withDefaultRoleMapper(only).withRoleMapper(EJB, only);
    }
}
