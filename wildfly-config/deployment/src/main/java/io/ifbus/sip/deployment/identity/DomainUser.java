// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.identity;

import io.ifbus.sip.security.DigestAlgorithm;
import io.ifbus.sip.security.User;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wildfly.security.auth.server.RealmUnavailableException;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.auth.server.ServerAuthenticationContext;
import org.wildfly.security.authz.Roles;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.interfaces.ClearPassword;
import org.wildfly.security.password.interfaces.DigestPassword;

/** One user of a security domain. The domain is asked for the identity when that is needed first: after the proof. */
final class DomainUser implements User {
    private final SecurityDomain domain;
    private final String name;
    private final List<Password> passwords;
    private final Set<String> moreRoles;
    private DomainPrincipal principal;

    DomainUser(SecurityDomain domain, String name, List<Password> passwords, Set<String> moreRoles) {
        this.domain = domain;
        this.name = name;
        this.passwords = List.copyOf(passwords);
        this.moreRoles = Set.copyOf(moreRoles);
    }

    @Override
    public Principal principal() {
        return known();
    }

    @Override
    public Set<String> roles() {
        Set<String> roles = new LinkedHashSet<>();
        known().identity().ifPresent(identity -> {
            roles.addAll(Roles.toSet(identity.getRoles()));
            roles.addAll(moreRoles);
        });
        return roles;
    }

    private DomainPrincipal known() {
        if (principal == null) {
            principal = new DomainPrincipal(name, authorized());
        }
        return principal;
    }

    /** Null when the domain's permissions forbid this user to log in. */
    private SecurityIdentity authorized() {
        ServerAuthenticationContext context = domain.createNewAuthenticationContext();
        try {
            context.setAuthenticationName(name);
            if (!context.authorize()) {
                context.fail();
                return null;
            }
            context.succeed();
            return context.getAuthorizedIdentity();
        } catch (RealmUnavailableException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<byte[]> ha1(DigestAlgorithm algorithm, String realm) {
        return passwords.stream()
                .map(password -> ha1(password, algorithm, realm))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<byte[]> ha1(Password password, DigestAlgorithm algorithm, String realm) {
        if (password instanceof ClearPassword clear) {
            return Optional.of(algorithm.ha1(name, realm, new String(clear.getPassword())));
        }
        return password instanceof DigestPassword digest
                        && digest.getAlgorithm().equals(DomainUsers.stored(algorithm))
                        && digest.getUsername().equals(name)
                        && digest.getRealm().equals(realm)
                ? Optional.of(digest.getDigest())
                : Optional.empty();
    }
}
