// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.guarded;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;

/** An EJB that looks at who calls it. */
@Stateless
@PermitAll
public class Vault {
    @Resource
    private SessionContext context;

    public String caller() {
        return context.getCallerPrincipal().getName();
    }

    @RolesAllowed("caller")
    public void open() {
        // being let in is all
    }

    @RolesAllowed("recorder")
    public void record() {
        // being let in is all
    }
}
