// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import io.ifbus.sip.tests.applications.archive.Cashier;
import io.ifbus.sip.tests.applications.archive.Shelf;
import io.ifbus.sip.tests.applications.plan.Reporter;
import io.ifbus.sip.tests.applications.station.Station;
import io.ifbus.sip.tests.applications.webcall.Pages;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ClassLoaderAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The applications of these tests. */
final class Archives {
    static final StringAsset BEANS = new StringAsset(
            "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"all\"/>");

    private static final String RESOURCES = "io/ifbus/sip/tests/applications/";

    private Archives() {}

    static ClassLoaderAsset resource(String name) {
        return new ClassLoaderAsset(RESOURCES + name);
    }

    /** Declared by sip.xml, without any annotation of SIP. */
    static WebArchive plan() {
        return ShrinkWrap.create(WebArchive.class, "plan.war")
                .addPackage(Reporter.class.getPackage())
                .addAsWebInfResource(resource("plan-sip.xml"), "sip.xml")
                .addAsWebInfResource(resource("plan-web.xml"), "web.xml");
    }

    /** Two SIP WARs of the same classes, a library and an EJB module. */
    static EnterpriseArchive stations() {
        return ShrinkWrap.create(EnterpriseArchive.class, "stations.ear")
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "library.jar")
                        .addClass(Shelf.class)
                        .addAsManifestResource(BEANS, "beans.xml"))
                .addAsModule(ShrinkWrap.create(JavaArchive.class, "office.jar")
                        .addClass(Cashier.class)
                        .addAsManifestResource(BEANS, "beans.xml"))
                .addAsModule(station("north"))
                .addAsModule(station("south"));
    }

    static WebArchive station(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(Station.class.getPackage())
                .addAsWebInfResource(new StringAsset(sipApp("<app-name>" + name + "</app-name>")), "sip.xml")
                .addAsWebInfResource(BEANS, "beans.xml");
    }

    /** SIP and HTTP in one application. */
    static WebArchive webcall() {
        return ShrinkWrap.create(WebArchive.class, "webcall.war").addPackage(Pages.class.getPackage());
    }

    /** A sip.xml of version 1.1 with that in it. */
    static String sipApp(String content) {
        return "<sip-app xmlns=\"http://www.jcp.org/xml/ns/sipservlet\" version=\"1.1\">\n" + content + "\n</sip-app>";
    }
}
