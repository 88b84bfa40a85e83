// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Future;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.mobicents.javax.servlet.sip.ResponseType;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.address.SipURIImpl;
import org.mobicents.servlet.sip.core.DispatcherException;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletResponse;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.proxy.ProxyBranchImpl;

/** The engine's proxy branch; redirection and late answers are {@link CallProxy}'s. */
final class CallProxyBranch extends ProxyBranchImpl {
    private final CallProxy owner;
    private SipURI from; // null: where the proxy's requests leave
    private Future<?> untilFinal; // this and the next: null while none is set
    private Future<?> untilProvisional;
    private boolean recursive; // the engine's own flag stays false: it follows one Contact of each redirection

    CallProxyBranch(URI target, CallProxy owner) {
        super(target, owner);
        this.owner = owner;
        this.recursive = owner.getRecurse();
        setRecordRoute(owner.getRecordRoute());
    }

    @Override
    public boolean getRecurse() {
        return recursive;
    }

    @Override
    public void setRecurse(boolean follow) {
        recursive = follow;
    }

    /** The engine lets nothing be set in a route that this branch alone has. */
    @Override
    public void setAddToPath(boolean path) {
        super.setAddToPath(path);
        if (path && ((SipURIImpl) getPathURI()).getIsModifiable() == ModifiableRule.NotModifiable) {
            ((SipURIImpl) getPathURI()).setIsModifiable(ModifiableRule.ProxyRecordRouteNotModifiable);
        }
    }

    @Override
    public void setOutboundInterface(InetAddress address) {
        from = Interfaces.on(address, null, owner.getSipFactoryImpl());
        super.setOutboundInterface(address);
    }

    @Override
    public void setOutboundInterface(InetSocketAddress address) {
        from = Interfaces.on(address, null, owner.getSipFactoryImpl());
        super.setOutboundInterface(address);
    }

    // ---- its timers ----

    /** A timer was set that fires unless an answer of that kind comes. */
    void awaits(ResponseType kind, Future<?> timer) {
        if (kind == ResponseType.INFORMATIONAL) {
            untilProvisional = timer;
        } else {
            untilFinal = timer;
        }
    }

    @Override
    public void cancelTimer() {
        super.cancelTimer();
        untilFinal = cancel(untilFinal);
    }

    @Override
    public void cancel1xxTimer() {
        super.cancel1xxTimer();
        untilProvisional = cancel(untilProvisional);
    }

    private static Future<?> cancel(Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
        return null;
    }

    // ---- requests and answers ----

    /** The engine looks at the interface of the session alone, which is the same for all branches. */
    @Override
    public void start() {
        CallSession session = (CallSession) ((SipServletRequestImpl) owner.getOriginalRequest()).getSipSession();
        String before = session.getOutboundInterface();
        SipURI own = from == null ? owner.getOutboundInterface() : from;
        session.sendFrom(own == null ? before : own.toString());
        try {
            super.start();
        } finally {
            session.sendFrom(before);
        }
    }

    @Override
    public void onResponse(MobicentsSipServletResponse response, int status) throws DispatcherException {
        if (owner.isAnswered(response)) {
            owner.answeredAgain(response, this);
            return;
        }
        if (status >= 300 && status < 400 && recursive) {
            cancelTimer();
            if (owner.follow(response, this)) {
                return;
            }
        }
        super.onResponse(response, status);
    }
}
