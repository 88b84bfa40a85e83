// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import gov.nist.javax.sip.SipStackImpl;
import javax.sip.SipStack;
import org.mobicents.ha.javax.sip.ReplicationStrategy;
import org.mobicents.servlet.sip.SipConnector;
import org.mobicents.servlet.sip.core.MobicentsExtendedListeningPoint;
import org.mobicents.servlet.sip.core.SipApplicationDispatcher;
import org.mobicents.servlet.sip.core.SipService;
import org.mobicents.servlet.sip.core.message.OutboundProxy;

/** What the engine asks about its surroundings. */
final class EngineService implements SipService {
    private final SipStackImpl stack;
    private SipApplicationDispatcher dispatcher;

    EngineService(SipStackImpl stack) {
        this.stack = stack;
    }

    @Override
    public SipApplicationDispatcher getSipApplicationDispatcher() {
        return dispatcher;
    }

    @Override
    public void setSipApplicationDispatcher(SipApplicationDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public SipStack getSipStack() {
        return stack;
    }

    @Override
    public SipConnector findSipConnector(String transport) {
        MobicentsExtendedListeningPoint point =
                dispatcher.getSipNetworkInterfaceManager().findMatchingListeningPoint(transport, false);
        return point == null ? null : point.getSipConnector();
    }

    @Override
    public SipConnector[] findSipConnectors() {
        return new SipConnector[0];
    }

    @Override
    public boolean isHttpFollowsSip() {
        return false;
    }

    @Override
    public String getJvmRoute() {
        return null;
    }

    @Override
    public OutboundProxy getOutboundProxy() {
        return null;
    }

    @Override
    public int getDispatcherThreadPoolSize() {
        return 1; // the engine's own pool stays idle: its work goes to the calls' queues
    }

    @Override
    public int getCanceledTimerTasksPurgePeriod() {
        return 0;
    }

    @Override
    public boolean isDialogPendingRequestChecking() {
        return false;
    }

    @Override
    public boolean isMd5ContactUserPart() {
        return false;
    }

    @Override
    public ReplicationStrategy getReplicationStrategy() {
        return ReplicationStrategy.ConfirmedDialog;
    }

    @Override
    public int getTagHashMaxLength() {
        return 0; // a bound would shorten session ids to one or two digits, and they would collide
    }

    @Override
    public int getCallIdMaxLength() {
        return 0;
    }

    @Override
    public String getDnsResolverClass() {
        return null;
    }

    @Override
    public int getDnsTimeout() {
        return 1;
    }

    @Override
    public String getMobicentsSipServletMessageFactoryClassName() {
        return MessageFactory.class.getName();
    }

    @Override
    public void setMobicentsSipServletMessageFactoryClassName(String className) {
        throw new UnsupportedOperationException("the message factory is the container's");
    }

    @Override
    public void stopGracefully(long millis) {
        throw new UnsupportedOperationException("the application server suspends; the engine does not");
    }

    @Override
    public String getProxyTimerServiceImplementationType() {
        return null;
    }

    @Override
    public String getSasTimerServiceImplementationType() {
        return null;
    }
}
