// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * Who may call which servlet (JSR 289 chapter 17).
 *
 * @param constraints each request must satisfy those that name its servlet and method
 * @param login how a caller proves who it is, or null when nothing is said
 * @param roles names of the application's roles
 */
public record SipSecurity(List<Constraint> constraints, Login login, Set<String> roles) {
    /** Everybody may call everything. */
    public static final SipSecurity NONE = new SipSecurity(List.of(), null, Set.of());

    /**
     * One {@code security-constraint}.
     *
     * @param servlets names of the servlets it protects
     * @param methods SIP methods it protects; empty for all
     * @param roles that may call; {@code *} for each of the application's; empty: nobody
     * @param authenticate false when there is no {@code auth-constraint}: everybody may call
     * @param proxyAuthentication whether to challenge by 407 and not by 401
     * @param confidential whether the request must have come by TLS or WSS
     */
    public record Constraint(
            List<String> servlets,
            Set<String> methods,
            Set<String> roles,
            boolean authenticate,
            boolean proxyAuthentication,
            boolean confidential) {
        public Constraint {
            servlets = List.copyOf(servlets);
            methods = Set.copyOf(methods);
            roles = Set.copyOf(roles);
        }
    }

    /**
     * The {@code login-config}.
     *
     * @param method DIGEST, BASIC or CLIENT-CERT as written
     * @param realm sent in the challenge, or null for the server's
     * @param identityAssertion REQUIRED, SUPPORTED, or null: whether P-Asserted-Identity of a trusted peer will do
     */
    public record Login(String method, String realm, String identityAssertion) {
        public Login {
            requireNonNull(method, "method");
        }
    }

    public SipSecurity {
        constraints = List.copyOf(constraints);
        roles = Set.copyOf(roles);
    }
}
