// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static java.util.Objects.requireNonNull;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.ApplicationEnvironment;
import io.ifbus.sip.deployment.identity.Identities;
import io.ifbus.sip.security.SecuritySettings;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.InetAddress;
import java.security.Principal;
import java.util.Set;

/**
 * Who may call an application, and who its servlets are towards EJBs.
 *
 * @param identities null when the server has no security domain for the application
 * @param trustedPeers whose P-Asserted-Identity is believed (RFC 3325)
 */
record Callers(Identities identities, Set<InetAddress> trustedPeers) {
    Callers {
        requireNonNull(trustedPeers, "trustedPeers");
    }

    SecuritySettings settings() {
        SecuritySettings trusting = SecuritySettings.DEFAULTS.withTrustedPeers(trustedPeers);
        return identities == null ? trusting : trusting.withUsers(identities.users());
    }

    /** Runs a servlet in its own role if it has one, else as its caller. */
    void runAs(ApplicationDescriptor.Servlet servlet, Principal caller, ApplicationEnvironment.ServletCode code)
            throws ServletException, IOException {
        if (identities == null) {
            code.run();
        } else {
            identities.runAs(caller, servlet.runAs(), code);
        }
    }
}
