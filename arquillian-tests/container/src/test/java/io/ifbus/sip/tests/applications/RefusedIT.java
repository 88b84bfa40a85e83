// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static io.ifbus.sip.tests.applications.Archives.sipApp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.tests.applications.plan.Reporter;
import io.ifbus.sip.tests.applications.station.Station;
import io.ifbus.sip.tests.applications.wrong.Failing;
import io.ifbus.sip.tests.applications.wrong.Undecided;
import io.ifbus.sip.tests.applications.wrong.Willing;
import io.ifbus.sip.tests.applications.wrong.WrongKey;
import io.ifbus.sip.tests.server.ArquillianServer;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Applications that are wrong are refused with the reason, and nothing of them stays. */
@ArquillianTest
@RunAsClient
class RefusedIT {
    private static final String SERVLET =
            "<servlet><servlet-name>s</servlet-name><servlet-class>%s</servlet-class></servlet>";
    private static final String WEB_APP = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "unknown element", managed = false, testable = false)
    static WebArchive unknownElement() {
        return war("unknown.war", "<app-name>a</app-name>\n<servelt/>", null);
    }

    @Test
    void aMistakeInSipXmlIsNamedWithItsLine() {
        refused("unknown element", "IFSIP0102: unknown.war: WEB-INF/sip.xml:3: <servelt> is not known in <sip-app>");
    }

    @Deployment(name = "class that is not there", managed = false, testable = false)
    static WebArchive classThatIsNotThere() {
        return war("ghost.war", "<app-name>a</app-name>" + SERVLET.formatted("example.Ghost"), null);
    }

    @Test
    void aServletClassThatIsNotThereIsNamed() {
        refused("class that is not there", "IFSIP0102: ghost.war: SIP servlet 's': class example.Ghost is not there");
    }

    @Deployment(name = "class that is no servlet", managed = false, testable = false)
    static WebArchive classThatIsNoServlet() {
        return war("string.war", "<app-name>a</app-name>" + SERVLET.formatted("java.lang.String"), null);
    }

    @Test
    void aServletClassThatIsNoneIsNamed() {
        refused(
                "class that is no servlet",
                "IFSIP0102: string.war: SIP servlet 's': class java.lang.String is no javax.servlet.sip.SipServlet");
    }

    @Deployment(name = "another name", managed = false, testable = false)
    static WebArchive anotherName() {
        return war("named.war", "<app-name>a</app-name>", null).addClass(Failing.class);
    }

    @Test
    @Proves({"J-19-a"})
    void anotherNameThanThatOfTheAnnotationIsRefused() {
        refused(
                "another name",
                "IFSIP0102: named.war: WEB-INF/sip.xml names the application 'a', the annotations name it 'moody'");
    }

    @Deployment(name = "two values", managed = false, testable = false)
    static WebArchive twoValues() {
        String sip = "<app-name>a</app-name><context-param><param-name>p</param-name><param-value>1</param-value>"
                + "</context-param>" + SERVLET.formatted(Reporter.class.getName());
        String web = "<context-param><param-name>p</param-name><param-value>2</param-value></context-param>";
        return war("values.war", sip, web);
    }

    @Test
    @Proves({"J-19-f"})
    void aContextParameterWithTwoValuesIsRefused() {
        refused("two values", "IFSIP0102: values.war: the context-param 'p' is '1' in sip.xml and '2' in web.xml");
    }

    @Deployment(name = "distributable in web.xml", managed = false, testable = false)
    static WebArchive distributableInWebXml() {
        return war(
                "web.war", "<app-name>a</app-name>" + SERVLET.formatted(Reporter.class.getName()), "<distributable/>");
    }

    @Deployment(name = "distributable in sip.xml", managed = false, testable = false)
    static WebArchive distributableInSipXml() {
        return war(
                "sip.war",
                "<app-name>a</app-name><distributable/>" + SERVLET.formatted(Reporter.class.getName()),
                "<display-name>x</display-name>");
    }

    @Test
    @Proves({"J-19-f"})
    void distributableInOneDescriptorAloneIsRefused() {
        refused("distributable in web.xml", "IFSIP0102: web.war: <distributable> is in web.xml, but not in sip.xml");
        refused("distributable in sip.xml", "IFSIP0102: sip.war: <distributable> is in sip.xml, but not in web.xml");
    }

    @Deployment(name = "wrong key", managed = false, testable = false)
    static WebArchive wrongKey() {
        return ShrinkWrap.create(WebArchive.class, "key.war").addClasses(Willing.class, WrongKey.class);
    }

    @Test
    @Proves({"J-18.2.5-a"})
    void aKeyOfTheWrongShapeIsRefused() {
        refused("wrong key", "IFSIP0102: key.war: @SipApplicationKey " + WrongKey.class.getName() + ".key must be");
    }

    @Deployment(name = "one name twice", managed = false, testable = false)
    static EnterpriseArchive oneNameTwice() {
        return ShrinkWrap.create(EnterpriseArchive.class, "twice.ear")
                .addAsModule(war("one.war", "<app-name>a</app-name>", null).addClass(Station.class))
                .addAsModule(war("two.war", "<app-name>a</app-name>", null).addClass(Station.class));
    }

    @Test
    void twoApplicationsOfOneNameInAnEarAreRefused() {
        refused("one name twice", "IFSIP0108: twice.ear: ", "both hold a SIP application named 'a'");
    }

    @Deployment(name = "undecided", managed = false, testable = false)
    static EnterpriseArchive undecided() {
        return ShrinkWrap.create(EnterpriseArchive.class, "undecided.ear")
                .addAsModule(ShrinkWrap.create(JavaArchive.class, "bean.jar").addClass(Undecided.class))
                .addAsModule(Archives.station("one").deleteClass("io.ifbus.sip.tests.applications.station.Desk"))
                .addAsModule(Archives.station("two").deleteClass("io.ifbus.sip.tests.applications.station.Desk"));
    }

    @Test
    void aResourceThatCouldBeThatOfTwoApplicationsIsRefused() {
        refused(
                "undecided",
                "IFSIP0107: bean.jar: @Resource SipFactory could be that of any of the SIP applications one, two;"
                        + " name one by the lookup java:app/sip/<application>/SipFactory");
    }

    @Deployment(name = "failing", managed = false, testable = false)
    static WebArchive failing() {
        return ShrinkWrap.create(WebArchive.class, "moody.war").addClasses(Failing.class, Willing.Page.class);
    }

    @Deployment(name = "willing", managed = false, testable = false)
    static WebArchive willing() {
        return ShrinkWrap.create(WebArchive.class, "willing.war").addClasses(Willing.class, Willing.Page.class);
    }

    @Test
    void anApplicationThatDoesNotStartSaysWhyAndLeavesNothing() {
        refused("failing", "IFSIP0104: SIP application 'moody' does not start: ", "no dial plan");
        assertThat(options()).startsWith("SIP/2.0 404 ");

        deployer.deploy("willing");
        assertThat(options()).startsWith("SIP/2.0 200 ");
        deployer.undeploy("willing");
        assertThat(options()).startsWith("SIP/2.0 404 ");
    }

    private static String options() {
        int port = ArquillianServer.ports().sip();
        return SipRequest.of("OPTIONS", port).answer("sip:anybody@127.0.0.1:" + port);
    }

    private void refused(String name, String... reasons) {
        var refusal = assertThatThrownBy(() -> deployer.deploy(name));
        for (String reason : reasons) {
            refusal.hasStackTraceContaining(reason);
        }
    }

    private static WebArchive war(String name, String sipXml, String webXml) {
        WebArchive war = ShrinkWrap.create(WebArchive.class, name)
                .addPackage(Reporter.class.getPackage())
                .addAsWebInfResource(new StringAsset(sipApp(sipXml)), "sip.xml");
        return webXml == null
                ? war
                : war.addAsWebInfResource(new StringAsset(WEB_APP + webXml + "</web-app>"), "web.xml");
    }
}
