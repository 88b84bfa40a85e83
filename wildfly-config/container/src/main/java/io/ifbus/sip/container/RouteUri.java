// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.Locale;
import java.util.Set;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.address.SipURIImpl;

/**
 * The URI of a proxy in a Record-Route or Path: an application may add parameters of its own, the rest is the container's
 * (JSR 289, Proxy.getRecordRouteURI and getPathURI).
 */
final class RouteUri extends SipURIImpl {
    private static final long serialVersionUID = 1L;
    private static final Set<String> RESERVED = Set.of("transport", "user", "method", "ttl", "maddr", "lr");

    RouteUri(javax.sip.address.SipURI uri) {
        super(uri, ModifiableRule.Modifiable);
    }

    private static IllegalArgumentException reserved(String what) {
        return new IllegalArgumentException("the " + what + " of a proxy's route is the container's");
    }

    @Override
    public void setParameter(String name, String value) {
        if (name != null && RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw reserved(name + " parameter");
        }
        super.setParameter(name, value);
    }

    @Override
    public void removeParameter(String name) {
        if (name != null && RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw reserved(name + " parameter");
        }
        super.removeParameter(name);
    }

    @Override
    public void setHost(String host) {
        throw reserved("host");
    }

    @Override
    public void setPort(int port) {
        throw reserved("port");
    }

    @Override
    public void setUser(String user) {
        throw reserved("user part");
    }

    @Override
    public void setUserPassword(String password) {
        throw reserved("user part");
    }

    @Override
    public void setSecure(boolean secure) {
        throw reserved("scheme");
    }

    @Override
    public void setTransportParam(String transport) {
        throw reserved("transport parameter");
    }

    @Override
    public void setUserParam(String user) {
        throw reserved("user parameter");
    }

    @Override
    public void setMethodParam(String method) {
        throw reserved("method parameter");
    }

    @Override
    public void setTTLParam(int ttl) {
        throw reserved("ttl parameter");
    }

    @Override
    public void setMAddrParam(String address) {
        throw reserved("maddr parameter");
    }

    @Override
    public void setLrParam(boolean flag) {
        throw reserved("lr parameter");
    }
}
