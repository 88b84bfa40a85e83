// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;

/** A bean of the library: with several applications it names the one it means. */
@ApplicationScoped
public class Shelf {
    @Inject
    @Named("north")
    private SipFactory north;

    @Inject
    @Named("south")
    private SipFactory south;

    public String owners() {
        return owner(north) + " " + owner(south);
    }

    /** Whose sessions that factory makes. */
    public static String owner(SipFactory factory) {
        SipApplicationSession session = factory.createApplicationSession();
        String name = session.getApplicationName();
        session.invalidate();
        return name;
    }
}
