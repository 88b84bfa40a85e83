// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import java.text.ParseException;
import javax.servlet.sip.URI;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** A URI of another scheme than SIP's and telephone numbers'. */
public final class GenericURIImpl extends URIImpl {
    private static final long serialVersionUID = 1L;

    public GenericURIImpl(javax.sip.address.URI uri) {
        super(uri);
    }

    @Override
    public URI clone() {
        return new GenericURIImpl((javax.sip.address.URI) uri.clone());
    }

    @Override
    public String getValue() {
        return toString();
    }

    @Override
    public void setValue(String value) {
        try {
            uri = SipFactoryImpl.addressFactory.createURI(value);
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a URI: " + value, e);
        }
    }
}
