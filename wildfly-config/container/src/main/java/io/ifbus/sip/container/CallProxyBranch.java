// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.mobicents.servlet.sip.address.SipURIImpl;
import org.mobicents.servlet.sip.core.DispatcherException;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletResponse;
import org.mobicents.servlet.sip.proxy.ProxyBranchImpl;

/** The engine's proxy branch; redirection and late answers are {@link CallProxy}'s. */
final class CallProxyBranch extends ProxyBranchImpl {
    private final CallProxy owner;
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

    @Override
    public SipURI getRecordRouteURI() {
        return new RouteUri(((SipURIImpl) super.getRecordRouteURI()).getSipURI());
    }

    @Override
    public SipURI getPathURI() {
        SipURI path = super.getPathURI();
        return path == null ? null : new RouteUri(((SipURIImpl) path).getSipURI());
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
