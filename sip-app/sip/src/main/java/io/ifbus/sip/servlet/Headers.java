// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.Party;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.servlet.sip.Address;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletMessage;

/** Header fields, to core's words and back. */
final class Headers {
    /** What we understand; UPDATE and PRACK are absent because no leg uses them. */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO";

    private static final String OURS = "x-if-";

    private Headers() {}

    /** The {@code X-IF-*} headers of {@code message}. */
    static Map<String, String> ours(SipServletMessage message) {
        Map<String, String> ours = new LinkedHashMap<>();
        for (Iterator<String> names = message.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.toLowerCase(Locale.ROOT).startsWith(OURS)) {
                ours.put(name, message.getHeader(name));
            }
        }
        return ours;
    }

    /** The first value of each header of {@code message}, by names in lower case. */
    static Map<String, String> all(SipServletMessage message) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Iterator<String> names = message.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            String value = message.getHeader(name);
            if (value != null) {
                all.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
        }
        return all;
    }

    static Party party(Address address) {
        return new Party(
                address.getURI().toString(),
                Optional.ofNullable(address.getDisplayName()).filter(name -> !name.isBlank()));
    }

    static Address address(SipFactory factory, Party party) throws ServletParseException {
        Address address = factory.createAddress(factory.createURI(party.uri()));
        if (party.displayName().isPresent()) {
            address.setDisplayName(party.displayName().get());
        }
        return address;
    }
}
