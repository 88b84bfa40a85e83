// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer;

import io.ifbus.sip.tests.incontainer.common.Noticeboard;
import io.ifbus.sip.tests.incontainer.exchange.ExchangeServlet;
import io.ifbus.sip.tests.incontainer.office.Clerk;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An EAR as ours is built: a library, a WAR with SIP servlets, one without, and an EJB module. */
final class Applications {

    private static final StringAsset BEANS = new StringAsset(
            "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"all\"/>");

    private Applications() {}

    /** @param tests the test classes, which run in the WAR without SIP servlets; none for an application as it is */
    static EnterpriseArchive exchange(Class<?>... tests) {
        WebArchive web = ShrinkWrap.create(WebArchive.class, "web.war")
                .addClasses(tests)
                .addAsWebInfResource(BEANS, "beans.xml");
        return ShrinkWrap.create(EnterpriseArchive.class, "exchange.ear")
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "common.jar")
                        .addPackage(Noticeboard.class.getPackage())
                        .addAsManifestResource(BEANS, "beans.xml"))
                // the seam itself, and what it speaks of
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "core.jar")
                        .addPackages(false, "io.ifbus.sip.signal", "io.ifbus.sip.call", "io.ifbus.sip.sdp"))
                .addAsModule(ShrinkWrap.create(JavaArchive.class, "office.jar")
                        .addPackage(Clerk.class.getPackage())
                        .addAsManifestResource(BEANS, "beans.xml"))
                .addAsModule(ShrinkWrap.create(WebArchive.class, "exchange.war")
                        .addPackage(ExchangeServlet.class.getPackage())
                        .addAsWebInfResource(BEANS, "beans.xml"))
                .addAsModule(tests.length == 0 ? web : Testable.archiveToTest(web));
    }
}
