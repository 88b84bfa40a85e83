// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.text.ParseException;
import javax.servlet.sip.URI;
import javax.sip.SipFactory;
import javax.sip.address.AddressFactory;

/** The Request-URI, to be compared with the uri of credentials (RFC 3261 section 19.1.4). */
record SecurityTarget(URI requestUri) {
    private static final AddressFactory ADDRESSES = addresses();

    private static AddressFactory addresses() {
        try {
            return SipFactory.getInstance().createAddressFactory();
        } catch (javax.sip.PeerUnavailableException e) { // the stack is there, or nothing would have come
            throw new IllegalStateException(e);
        }
    }

    boolean isNamedBy(String uri) {
        if (uri.equals(requestUri.toString())) {
            return true;
        }
        try {
            return ADDRESSES.createURI(uri).equals(ADDRESSES.createURI(requestUri.toString()));
        } catch (ParseException e) {
            return false; // what is no URI names nothing
        }
    }
}
