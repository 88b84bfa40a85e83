// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.identity;

import io.ifbus.sip.security.DigestAlgorithm;
import io.ifbus.sip.security.User;
import io.ifbus.sip.security.Users;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.wildfly.security.auth.server.RealmIdentity;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.credential.PasswordCredential;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.interfaces.ClearPassword;
import org.wildfly.security.password.interfaces.DigestPassword;

/** The users of a security domain whose realms give clear passwords, or those hashed for digest. */
record DomainUsers(SecurityDomain domain, Map<String, Set<String>> moreRoles) implements Users {
    private static final Map<DigestAlgorithm, String> STORED = Map.of(
            DigestAlgorithm.MD5, DigestPassword.ALGORITHM_DIGEST_MD5,
            DigestAlgorithm.SHA_256, DigestPassword.ALGORITHM_DIGEST_SHA_256,
            DigestAlgorithm.SHA_512_256, DigestPassword.ALGORITHM_DIGEST_SHA_512_256);

    /** How realms call an algorithm's stored hash. */
    static String stored(DigestAlgorithm algorithm) {
        return STORED.get(algorithm);
    }

    @Override
    public Optional<User> find(String name, String realm) throws IOException {
        RealmIdentity identity = domain.getIdentity(name);
        try {
            return identity.exists()
                    ? Optional.of(
                            new DomainUser(domain, name, passwords(identity), moreRoles.getOrDefault(name, Set.of())))
                    : Optional.empty();
        } finally {
            identity.dispose();
        }
    }

    private static List<Password> passwords(RealmIdentity identity) throws IOException {
        List<Password> passwords = new ArrayList<>();
        add(passwords, identity, ClearPassword.ALGORITHM_CLEAR);
        for (String algorithm : STORED.values()) {
            add(passwords, identity, algorithm);
        }
        return passwords;
    }

    private static void add(List<Password> passwords, RealmIdentity identity, String algorithm) throws IOException {
        PasswordCredential credential = identity.getCredential(PasswordCredential.class, algorithm);
        if (credential != null) {
            passwords.add(credential.getPassword());
        }
    }
}
