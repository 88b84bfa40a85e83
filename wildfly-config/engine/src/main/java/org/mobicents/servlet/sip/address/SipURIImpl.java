// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import static java.util.Objects.requireNonNull;

import gov.nist.javax.sip.address.SipURIExt;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.servlet.sip.SipURI;
import javax.sip.InvalidArgumentException;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** A SIP or SIPS URI (RFC 3261 section 19.1). What it is part of decides on what an application may change. */
public class SipURIImpl extends URIImpl implements SipURI {
    private static final long serialVersionUID = 1L;
    private static final String TTL = "ttl";
    private static final String LR = "lr";

    /** JSR 289 section 4.1.3. */
    private static final Set<String> RESERVED_IN_CONTACT = Set.of("method", TTL, "maddr", LR);
    /** JSR 289, {@code Proxy.getRecordRouteURI}. */
    private static final Set<String> RESERVED_IN_ROUTE = Set.of("transport", "user", "method", TTL, "maddr", LR);

    public SipURIImpl(javax.sip.address.SipURI uri, ModifiableRule rule) {
        super(uri);
        isModifiable = rule;
    }

    public javax.sip.address.SipURI getSipURI() {
        return (javax.sip.address.SipURI) uri;
    }

    public ModifiableRule getIsModifiable() {
        return isModifiable;
    }

    public void setIsModifiable(ModifiableRule rule) {
        isModifiable = rule;
    }

    private void check(String what) {
        if (isModifiable == ModifiableRule.NotModifiable) {
            throw new IllegalArgumentException("the " + what + " is the container's");
        }
    }

    private void checkUser() {
        check("user part");
        if (isModifiable == ModifiableRule.ProxyRecordRouteNotModifiable) {
            throw new IllegalArgumentException("a proxy's route has no user part");
        }
    }

    private void checkPlace(String what) {
        check(what);
        if (isModifiable == ModifiableRule.ContactSystem
                || isModifiable == ModifiableRule.ProxyRecordRouteNotModifiable) {
            throw new IllegalArgumentException("the " + what + " of the container's own URI is fixed");
        }
    }

    /** A setter of the stack. */
    private interface Change {
        void make() throws ParseException, InvalidArgumentException;
    }

    private static void apply(String value, Change change) {
        try {
            change.make();
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalArgumentException("not part of a SIP URI: " + value, e);
        }
    }

    // ---- user, host and port ----

    @Override
    public boolean isSecure() {
        return getSipURI().isSecure();
    }

    @Override
    public void setSecure(boolean secure) {
        checkPlace("scheme");
        getSipURI().setSecure(secure);
    }

    @Override
    public String getUser() {
        return RFC2396UrlDecoder.decode(getSipURI().getUser());
    }

    @Override
    public void setUser(String user) {
        checkUser();
        apply(user, () -> getSipURI().setUser(escaped(user, RFC2396UrlDecoder.USER)));
    }

    @Override
    public String getUserPassword() {
        return RFC2396UrlDecoder.decode(getSipURI().getUserPassword());
    }

    @Override
    public void setUserPassword(String password) {
        checkUser();
        apply("password", () -> getSipURI().setUserPassword(escaped(password, RFC2396UrlDecoder.PASSWORD)));
    }

    private static String escaped(String text, String plain) {
        return text == null ? null : RFC2396UrlDecoder.encode(text, plain);
    }

    @Override
    public String getHost() {
        return getSipURI().getHost();
    }

    @Override
    public void setHost(String host) {
        checkPlace("host");
        apply(host, () -> getSipURI().setHost(host));
    }

    @Override
    public int getPort() {
        return getSipURI().getPort();
    }

    @Override
    public void setPort(int port) {
        checkPlace("port");
        getSipURI().setPort(port);
    }

    // ---- parameters ----

    @Override
    public void setParameter(String name, String value) {
        checkParameter(name);
        if (!name.equalsIgnoreCase(TTL) || value == null) {
            super.setParameter(name, value);
            return;
        }
        try { // the stack wants a number
            int ttl = Integer.parseInt(value);
            apply(value, () -> getSipURI().setTTLParam(ttl));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("ttl is a number, was " + value, e);
        }
    }

    @Override
    public void removeParameter(String name) {
        checkParameter(name);
        super.removeParameter(name);
    }

    private void checkParameter(String name) {
        requireNonNull(name, "name");
        check(name + " parameter");
        boolean route = isModifiable == ModifiableRule.ProxyRecordRouteNotModifiable;
        if ((route ? RESERVED_IN_ROUTE : RESERVED_IN_CONTACT).contains(name.toLowerCase(Locale.ROOT))) {
            checkPlace(name + " parameter");
        }
    }

    /** The stack's own getter takes it for a number, which it is not when it was parsed. */
    @Override
    public int getTTLParam() {
        try {
            String ttl = getParameter(TTL);
            return ttl == null ? -1 : Integer.parseInt(ttl);
        } catch (NumberFormatException e) { // of a peer; as good as none
            return -1;
        }
    }

    @Override
    public void setTTLParam(int ttl) {
        setParameter(TTL, ttl < 0 ? null : Integer.toString(ttl));
    }

    @Override
    public boolean getLrParam() {
        return getParameter(LR) != null;
    }

    @Override
    public void setLrParam(boolean flag) {
        setParameter(LR, flag ? "" : null);
    }

    @Override
    public String getTransportParam() {
        return getParameter("transport");
    }

    @Override
    public void setTransportParam(String transport) {
        setParameter("transport", transport);
    }

    @Override
    public String getMAddrParam() {
        return getParameter("maddr");
    }

    @Override
    public void setMAddrParam(String address) {
        setParameter("maddr", address);
    }

    @Override
    public String getMethodParam() {
        return getParameter("method");
    }

    @Override
    public void setMethodParam(String method) {
        setParameter("method", method);
    }

    @Override
    public String getUserParam() {
        return getParameter("user");
    }

    @Override
    public void setUserParam(String user) {
        setParameter("user", user);
    }

    @Override
    public String getHeader(String name) {
        return RFC2396UrlDecoder.decode(getSipURI().getHeader(requireNonNull(name, "name")));
    }

    @Override
    public Iterator<String> getHeaderNames() {
        List<String> names = new ArrayList<>();
        for (Iterator<?> all = getSipURI().getHeaderNames(); all.hasNext(); ) {
            names.add((String) all.next());
        }
        return names.iterator();
    }

    @Override
    public void setHeader(String name, String value) {
        check("header");
        apply(value, () -> getSipURI().setHeader(name, escaped(value, RFC2396UrlDecoder.HEADER)));
    }

    @Override
    public void removeHeader(String name) {
        check("header");
        ((SipURIExt) getSipURI()).removeHeader(name);
    }

    @Override
    public String getValue() {
        return toString();
    }

    @Override
    public void setValue(String value) {
        apply(value, () -> uri = SipFactoryImpl.addressFactory.createURI(value));
    }

    @Override
    public SipURI clone() {
        return new SipURIImpl((javax.sip.address.SipURI) uri.clone(), ModifiableRule.Modifiable);
    }

    /** RFC 3261 section 19.1.4, with ttl compared here: the stack fails on one that was parsed. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SipURIImpl that
                && getTTLParam() == that.getTTLParam()
                && withoutTtl().equals(that.withoutTtl());
    }

    private javax.sip.address.URI withoutTtl() {
        javax.sip.address.SipURI copy = (javax.sip.address.SipURI) uri.clone();
        copy.removeParameter(TTL);
        return copy;
    }

    @Override
    public int hashCode() {
        return Objects.hash(getUser(), getHost().toLowerCase(Locale.ROOT), getPort(), isSecure());
    }
}
