// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.archive;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import javax.servlet.sip.SipFactory;

/** A session bean of the EJB module: it names the application it means. */
@Stateless
public class Cashier {
    @Resource(lookup = "java:app/sip/north/SipFactory")
    private SipFactory north;

    @Resource(lookup = "java:app/sip/south/SipFactory")
    private SipFactory south;

    @Inject
    @Named("south")
    private SipFactory named;

    public String owners() {
        return Shelf.owner(north) + " " + Shelf.owner(south) + " " + Shelf.owner(named);
    }
}
