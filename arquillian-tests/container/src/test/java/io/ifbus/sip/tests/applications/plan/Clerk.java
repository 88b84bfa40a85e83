// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.plan;

import jakarta.ejb.Stateless;

/** A session bean of the WAR. */
@Stateless
public class Clerk {
    public String name() {
        return "Bartleby";
    }
}
