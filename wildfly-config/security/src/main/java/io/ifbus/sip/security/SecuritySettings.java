// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How an application's callers log in.
 *
 * @param users who may log in; {@link Users#NONE} if there is no user database
 * @param realm of the challenges of an application that names none
 * @param algorithms offered, the most preferred first
 * @param trustedPeers whose P-Asserted-Identity is believed (RFC 3325)
 * @param nonceLifetime how long a nonce may be used, from 1 s
 */
public record SecuritySettings(
        Users users,
        String realm,
        List<DigestAlgorithm> algorithms,
        Set<InetAddress> trustedPeers,
        Duration nonceLifetime) {
    /** Nobody can log in. */
    public static final SecuritySettings DEFAULTS = new SecuritySettings(
            Users.NONE, "sip", List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5), Set.of(), Duration.ofMinutes(5));

    public SecuritySettings {
        requireNonNull(users, "users");
        requireNonNull(realm, "realm");
        algorithms = List.copyOf(algorithms);
        trustedPeers = Set.copyOf(trustedPeers);
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("at least one digest algorithm is needed");
        }
        if (nonceLifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("nonceLifetime must be at least 1 s, was " + nonceLifetime);
        }
    }

    /** The same with a user database. */
    public SecuritySettings withUsers(Users other) {
        return new SecuritySettings(other, realm, algorithms, trustedPeers, nonceLifetime);
    }

    /** The same with other trusted peers. */
    public SecuritySettings withTrustedPeers(Set<InetAddress> others) {
        return new SecuritySettings(users, realm, algorithms, others, nonceLifetime);
    }
}
