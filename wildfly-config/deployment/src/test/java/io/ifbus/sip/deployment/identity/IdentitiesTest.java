// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.security.DigestAlgorithm;
import io.ifbus.sip.security.User;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wildfly.security.auth.permission.LoginPermission;
import org.wildfly.security.auth.realm.SimpleMapBackedSecurityRealm;
import org.wildfly.security.auth.realm.SimpleRealmEntry;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.authz.MapAttributes;
import org.wildfly.security.credential.Credential;
import org.wildfly.security.credential.PasswordCredential;
import org.wildfly.security.password.Password;
import org.wildfly.security.password.interfaces.ClearPassword;
import org.wildfly.security.password.interfaces.DigestPassword;
import org.wildfly.security.permission.PermissionVerifier;

/** A security domain as the users of an application. */
final class IdentitiesTest {
    private static final String REALM = "example.org";
    private static final byte[] HASHED = DigestAlgorithm.SHA_256.ha1("bob", REALM, "brief");

    private final SecurityDomain domain = domain(Map.of(
            "alice", entry(ClearPassword.createRaw(ClearPassword.ALGORITHM_CLEAR, "secret".toCharArray())),
            "bob", entry(DigestPassword.createRaw(DigestPassword.ALGORITHM_DIGEST_SHA_256, "bob", REALM, HASHED)),
            "mallory", entry(ClearPassword.createRaw(ClearPassword.ALGORITHM_CLEAR, "open".toCharArray()))));
    private final Identities identities = new Identities(domain, Map.of("alice", Set.of("operator")));

    @Test
    void userThatTheDomainDoesNotKnowIsNone() throws IOException {
        assertThat(identities.users().find("nobody", REALM)).isEmpty();
    }

    @Test
    void clearPasswordServesEachAlgorithmAndRealm() throws IOException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            assertThat(user("alice").ha1(algorithm, "any"))
                    .hasValueSatisfying(hash -> assertThat(hash).isEqualTo(algorithm.ha1("alice", "any", "secret")));
        }
    }

    @Test
    void hashedPasswordServesItsOwnAlgorithmAndRealmOnly() throws IOException {
        assertThat(user("bob").ha1(DigestAlgorithm.SHA_256, REALM))
                .hasValueSatisfying(hash -> assertThat(hash).isEqualTo(HASHED));
        assertThat(user("bob").ha1(DigestAlgorithm.MD5, REALM)).isEmpty();
        assertThat(user("bob").ha1(DigestAlgorithm.SHA_256, "elsewhere")).isEmpty();
    }

    @Test
    void rolesAreThoseOfTheDomainAndOfTheApplication() throws IOException {
        assertThat(user("alice").roles()).containsExactlyInAnyOrder("caller", "operator");
        assertThat(user("bob").roles()).containsExactly("caller");
    }

    @Test
    void userWhoMayNotLogInHasNoRole() throws IOException {
        assertThat(user("mallory").roles()).isEmpty();
    }

    @Test
    void servletRunsAsItsCaller() throws IOException, ServletException {
        List<SecurityIdentity> seen = new ArrayList<>();
        identities.runAs(user("alice").principal(), null, () -> seen.add(domain.getCurrentSecurityIdentity()));

        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).getPrincipal().getName()).isEqualTo("alice");
        assertThat(domain.getCurrentSecurityIdentity().isAnonymous()).isTrue();
    }

    @Test
    void servletWithARoleOfItsOwnHasThatOneAlone() throws IOException, ServletException {
        List<SecurityIdentity> seen = new ArrayList<>();
        identities.runAs(user("alice").principal(), "recorder", () -> seen.add(domain.getCurrentSecurityIdentity()));

        assertThat(seen.get(0).isAnonymous()).isTrue();
        assertThat(seen.get(0).getRoles("ejb", true)).containsExactly("recorder");
    }

    @Test
    void servletWithoutCallerAndRoleIsNobody() throws IOException, ServletException {
        List<SecurityIdentity> seen = new ArrayList<>();
        identities.runAs(null, null, () -> seen.add(domain.getCurrentSecurityIdentity()));

        assertThat(seen.get(0).isAnonymous()).isTrue();
        assertThat(seen.get(0).getRoles("ejb", true)).isEmpty();
    }

    @Test
    void failureOfTheServletArrivesAsItIs() throws IOException {
        User alice = user("alice");

        assertThatThrownBy(() -> identities.runAs(alice.principal(), null, () -> {
                    throw new ServletException("wrong");
                }))
                .isInstanceOf(ServletException.class)
                .hasMessage("wrong");
        assertThatThrownBy(() -> identities.runAs(alice.principal(), null, () -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThatThrownBy(() -> identities.runAs(alice.principal(), null, () -> {
                    throw new IllegalStateException("late");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("late");
    }

    private User user(String name) throws IOException {
        return identities.users().find(name, REALM).orElseThrow();
    }

    private static SimpleRealmEntry entry(Password password) {
        List<Credential> credentials = List.of(new PasswordCredential(password));
        MapAttributes attributes = new MapAttributes();
        attributes.addFirst("roles", "caller");
        return new SimpleRealmEntry(credentials, attributes);
    }

    private static SecurityDomain domain(Map<String, SimpleRealmEntry> entries) {
        SimpleMapBackedSecurityRealm realm = new SimpleMapBackedSecurityRealm();
        realm.setIdentityMap(entries);
        return SecurityDomain.builder()
                .addRealm("users", realm)
                .setRoleDecoder(identity -> org.wildfly.security.authz.Roles.fromSet(
                        Set.copyOf(identity.getAttributes().get("roles"))))
                .build()
                .setDefaultRealmName("users")
                .setPermissionMapper(
                        (principal, roles) -> principal.getPrincipal().getName().equals("mallory")
                                ? PermissionVerifier.NONE
                                : PermissionVerifier.from(new LoginPermission()))
                .build();
    }
}
