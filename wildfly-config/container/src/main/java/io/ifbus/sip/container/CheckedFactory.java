// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import javax.sip.header.Header;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.message.SipFactoryFacade;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** What an application makes its requests and addresses with: the engine's factory, where it differs from JSR 289. */
final class CheckedFactory extends SipFactoryFacade {
    private static final long serialVersionUID = 1L;

    CheckedFactory(SipFactoryImpl factory, SipContext application) {
        super(factory, application);
    }

    /** Without brackets a parameter belongs to the address and not to its URI (RFC 3261 section 20.10). */
    @Override
    public Address createAddress(String text) throws ServletParseException {
        int parameters = text.indexOf(';');
        boolean bare = parameters >= 0 && text.indexOf('<') < 0 && text.indexOf('"') < 0;
        return super.createAddress(
                bare ? "<" + text.substring(0, parameters).strip() + ">" + text.substring(parameters) : text);
    }

    @Override
    public Address createAddress(URI uri, String displayName) {
        Address address = super.createAddress(uri);
        address.setDisplayName(displayName);
        return address;
    }

    /** @param text a whole header field, {@code name: value;parameter=...} */
    @Override
    public Parameterable createParameterable(String text) throws ServletParseException {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new ServletParseException("not a header field: " + text);
        }
        try {
            Header header = SipFactoryImpl.headerFactory.createHeader(
                    text.substring(0, colon).strip(), text.substring(colon + 1).strip());
            return CheckedRequest.parameterable(header);
        } catch (ParseException e) {
            throw new ServletParseException("not a header field with parameters: " + text, e);
        }
    }

    @Override
    public SipServletRequest createRequest(SipApplicationSession session, String method, Address from, Address to) {
        return super.createRequest(session, method, withoutHeaders(from), withoutHeaders(to));
    }

    @Override
    public SipServletRequest createRequest(SipApplicationSession session, String method, URI from, URI to) {
        return super.createRequest(session, method, withoutHeaders(from), withoutHeaders(to));
    }

    /** A URI without brackets is taken whole, with its parameters, as applications write it. */
    @Override
    public SipServletRequest createRequest(SipApplicationSession session, String method, String from, String to)
            throws ServletParseException {
        return super.createRequest(session, method, bracketed(from), bracketed(to));
    }

    private static String bracketed(String text) {
        return text.indexOf('<') < 0 && text.indexOf('"') < 0 ? "<" + text.strip() + ">" : text;
    }

    private static Address withoutHeaders(Address address) {
        Address plain = (Address) address.clone();
        plain.setURI(withoutHeaders(address.getURI()));
        return plain;
    }

    /** RFC 3261 section 19.1.1, table 1: a URI in From or To has no headers. */
    private static URI withoutHeaders(URI uri) {
        if (!(uri instanceof SipURI)) {
            return uri;
        }
        SipURI plain = (SipURI) uri.clone();
        List<String> names = new ArrayList<>();
        for (Iterator<String> all = plain.getHeaderNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        names.forEach(plain::removeHeader);
        return plain;
    }
}
