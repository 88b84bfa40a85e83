// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.security.User;
import java.security.Principal;
import java.util.Map;
import java.util.function.Supplier;
import org.mobicents.servlet.sip.core.security.SipPrincipal;

/**
 * The user who sent a request, as the engine wants it.
 *
 * @param user who it is
 * @param roleLinks the application's role by the name that the servlet's code uses for it, of the servlet that has the
 *     request now
 */
record SecurityPrincipal(User user, Supplier<Map<String, String>> roleLinks) implements SipPrincipal {
    @Override
    public String getName() {
        return user.principal().getName();
    }

    @Override
    public Principal getPrincipal() {
        return user.principal();
    }

    @Override
    public boolean isUserInRole(String role) {
        return user.roles().contains(roleLinks.get().getOrDefault(role, role));
    }

    @Override
    public String toString() {
        return getName();
    }
}
