// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import static java.util.Objects.requireNonNull;

import gov.nist.javax.sip.header.ParametersExt;
import java.text.ParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.URI;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderAddress;
import javax.sip.header.Parameters;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** A display name, a URI and parameters: those of a header, which then changes with it, or by themselves. */
public final class AddressImpl extends ParameterableImpl implements Address {
    private static final long serialVersionUID = 1L;
    private static final String Q = "q";
    private static final String EXPIRES = "expires";
    private static final String TAG = "tag";

    /** Where an address or URI was found, and so what an application may change in it. */
    public enum ModifiableRule {
        NotModifiable,
        ProxyRecordRouteNotModifiable,
        ContactSystem,
        ContactNotSystem,
        Modifiable,
        From,
        To,
        Via
    }

    private javax.sip.address.Address address;

    /** An address yet to be filled by {@link #setValue} or {@link #setAddress}. */
    public AddressImpl() {}

    /** @param parameters null for none */
    public AddressImpl(javax.sip.address.Address address, Map<String, String> parameters, ModifiableRule rule) {
        this.address = address;
        this.isModifiable = rule;
        if (parameters != null) {
            take(parameters);
        }
    }

    /** The address of a header. */
    public AddressImpl(HeaderAddress header, ModifiableRule rule) throws ParseException {
        this(header.getAddress(), header instanceof Parameters own ? getParameters(own) : null, rule);
        this.header = header instanceof Parameters own ? own : null;
    }

    /** The parameters as they are written, quotes included; a flag is empty. */
    public static Map<String, String> getParameters(Parameters from) {
        Map<String, String> found = new LinkedHashMap<>();
        for (Iterator<?> names = from.getParameterNames(); names.hasNext(); ) {
            String name = (String) names.next();
            String value =
                    from instanceof ParametersExt quoted ? quoted.getParameter(name, false) : from.getParameter(name);
            found.put(name, value == null ? "" : value);
        }
        return found;
    }

    public javax.sip.address.Address getAddress() {
        return address;
    }

    public void setAddress(javax.sip.address.Address address) {
        this.address = address;
    }

    // ---- display name and URI ----

    @Override
    public String getDisplayName() {
        String quoted = address.getDisplayName();
        return quoted == null ? null : quoted.replaceAll("\\\\(.)", "$1");
    }

    /** RFC 3261 section 25.1: quotes and backslashes within quotes are escaped; the stack sets the outer quotes. */
    @Override
    public void setDisplayName(String name) {
        if (isModifiable == ModifiableRule.NotModifiable
                || isModifiable == ModifiableRule.ProxyRecordRouteNotModifiable) {
            throw new IllegalStateException("the display name is the container's");
        }
        try {
            address.setDisplayName(name == null ? null : name.replaceAll("[\"\\\\]", "\\\\$0"));
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a display name: " + name, e);
        }
    }

    @Override
    public boolean isWildcard() {
        return address.isWildcard();
    }

    @Override
    public URI getURI() {
        if (isWildcard()) {
            return null;
        }
        javax.sip.address.URI uri = address.getURI();
        if (uri instanceof SipURI sip) {
            return new SipURIImpl(sip, isModifiable);
        }
        if (uri instanceof TelURL tel) {
            return new TelURLImpl(tel);
        }
        URI other = new GenericURIImpl(uri);
        ((Parameterable) other).setValue(uri.toString()); // checks it
        return other;
    }

    @Override
    public void setURI(URI uri) {
        requireNonNull(uri, "uri");
        if (isModifiable == ModifiableRule.NotModifiable
                || isModifiable == ModifiableRule.ProxyRecordRouteNotModifiable
                || isModifiable == ModifiableRule.ContactSystem) {
            throw new IllegalStateException("the URI is the container's");
        }
        address.setURI(((URIImpl) uri).getURI());
    }

    // ---- well-known parameters ----

    @Override
    public int getExpires() {
        try {
            String seconds = getParameter(EXPIRES);
            return seconds == null ? -1 : Integer.parseInt(seconds);
        } catch (NumberFormatException e) { // of a peer; as good as none
            return -1;
        }
    }

    @Override
    public void setExpires(int seconds) {
        setParameter(EXPIRES, seconds < 0 ? null : Integer.toString(seconds));
    }

    @Override
    public float getQ() {
        try {
            String q = getParameter(Q);
            return q == null ? -1 : Float.parseFloat(q);
        } catch (NumberFormatException e) { // of a peer; as good as none
            return -1;
        }
    }

    @Override
    public void setQ(float q) {
        if (q != -1 && !(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q is from 0 to 1, or -1 for none; was " + q);
        }
        setParameter(Q, q == -1 ? null : Float.toString(q));
    }

    // ---- as a whole ----

    @Override
    public String getValue() {
        return toString();
    }

    /** @param text as in a Contact; without brackets, parameters are the address's (RFC 3261 section 20.10) */
    @Override
    public void setValue(String text) {
        try {
            ContactHeader contact = (ContactHeader) SipFactoryImpl.headerFactory.createHeader(ContactHeader.NAME, text);
            address = contact.getAddress();
            parameters.clear();
            take(getParameters(contact));
        } catch (ParseException | ClassCastException e) { // several addresses are a list
            throw new IllegalArgumentException("not an address: " + text, e);
        }
    }

    /** One by itself, without a tag. */
    @Override
    public Object clone() {
        AddressImpl copy =
                new AddressImpl((javax.sip.address.Address) address.clone(), parameters, ModifiableRule.Modifiable);
        copy.parameters.remove(TAG);
        return copy;
    }

    @Override
    public String toString() {
        if (isWildcard()) {
            return "*";
        }
        String own = address.toString();
        boolean ambiguous = !own.endsWith(">") && own.matches(".*[;,?].*"); // RFC 3261 section 20
        String bracketed = ambiguous ? '<' + own + '>' : own;
        return parameters.isEmpty() ? bracketed : bracketed + ';' + super.toString();
    }

    /** By the URIs and the parameters that both have; not by the display name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressImpl that
                && isWildcard() == that.isWildcard()
                && (isWildcard() || getURI().equals(that.getURI()))
                && parameters.keySet().stream()
                        .allMatch(name -> that.getParameter(name) == null
                                || areEqual(name, getParameter(name), that.getParameter(name)));
    }

    private static boolean areEqual(String name, String one, String other) {
        if (name.equalsIgnoreCase(Q)) {
            try {
                return Float.parseFloat(one) == Float.parseFloat(other);
            } catch (NumberFormatException e) {
                return one.equals(other);
            }
        }
        return one.equalsIgnoreCase(other);
    }

    @Override
    public int hashCode() {
        return isWildcard() ? 0 : getURI().hashCode();
    }
}
