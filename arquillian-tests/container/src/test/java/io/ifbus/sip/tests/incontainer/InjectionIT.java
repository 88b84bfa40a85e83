// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ifbus.sip.signal.SignalingSlot;
import io.ifbus.sip.tests.incontainer.common.Bean;
import io.ifbus.sip.tests.incontainer.common.Noticeboard;
import io.ifbus.sip.tests.incontainer.common.Toolbox;
import io.ifbus.sip.tests.incontainer.office.Clerk;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import javax.servlet.sip.SipFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** What each part of an EAR with a SIP WAR is given. Runs in the server, in the WAR without SIP servlets. */
@ArquillianTest
class InjectionIT {

    @Inject
    private SipFactory factory;

    @Inject
    private Bean bean;

    @EJB
    private Clerk clerk;

    @Inject
    private Noticeboard board;

    @Inject
    private SignalingSlot slot;

    @Deployment
    static EnterpriseArchive application() {
        return Applications.exchange(InjectionIT.class);
    }

    @Test
    void aSipServletHasItAll() {
        assertEquals(Toolbox.WORKS, board.read("servlet, injected"));
        assertEquals(Toolbox.WORKS, board.read("servlet, resources"));
    }

    @Test
    void aBeanOfTheSipWarHasItAll() {
        assertEquals(Toolbox.WORKS, board.read("bean, injected"));
        assertEquals(Toolbox.WORKS, board.read("bean, resources"));
    }

    /** By {@code @Inject} alone: Jakarta EE gives the library directory no naming context for {@code @Resource}. */
    @Test
    void aBeanOfTheLibraryHasItAll() {
        assertEquals(Toolbox.WORKS, bean.injected().tried());
    }

    @Test
    void aSessionBeanHasItAll() {
        assertEquals(Toolbox.WORKS, clerk.injected().tried());
        assertEquals(Toolbox.WORKS, clerk.resources().tried());
    }

    @Test
    void theOtherWarHasTheFactory() {
        assertEquals(
                "sip:bob@127.0.0.1", factory.createSipURI("bob", "127.0.0.1").toString());
    }

    @Test
    void whatTheSipWarBindsIsBoundForTheOtherWar() {
        assertEquals(board.read("slot"), Integer.toString(System.identityHashCode(slot)));
        assertTrue(slot.isBound());
    }
}
