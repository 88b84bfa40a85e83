// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.text.ParseException;
import java.util.Locale;
import java.util.Set;
import javax.servlet.sip.Address;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.header.Parameters;
import javax.sip.message.Message;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** Which header fields may be set or added, and how, where the engine departs from JSR 289 section 5.4. */
final class HeaderRules {
    private static final Set<String> AUTHENTICATION =
            Set.of("www-authenticate", "authorization", "proxy-authenticate", "proxy-authorization");
    private static final String TAG = "tag";

    private HeaderRules() {}

    /** Whether it is From or To, which an application may set but for their tags (JSR 289 section 4.1.2). */
    static boolean isParty(String name) {
        String full = HeaderNames.full(name);
        return "From".equalsIgnoreCase(full) || "To".equalsIgnoreCase(full);
    }

    /** Whether it is a challenge or credentials: one row for each realm (RFC 3261 section 22). */
    static boolean isOfAuthentication(String name) {
        return name != null && AUTHENTICATION.contains(name.toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException if {@code value} cannot be parsed or has a tag that the message has not */
    static void setParty(Message message, String name, String value) {
        Header made = parsed(name, value);
        String tag = ((Parameters) made).getParameter(TAG);
        String kept = ((Parameters) message.getHeader(name)).getParameter(TAG);
        if (tag != null && !tag.equals(kept)) {
            throw new IllegalArgumentException("the tag of " + name + " is the container's");
        }
        if (kept != null && tag == null) {
            try {
                ((Parameters) made).setParameter(TAG, kept);
            } catch (ParseException e) { // it was in the message before
                throw new IllegalStateException(e);
            }
        }
        message.setHeader(made);
    }

    /** Adds one more field behind those of that name. */
    static void addRow(Message message, String name, String value) {
        try {
            message.addLast(parsed(name, value));
        } catch (SipException e) {
            throw new IllegalArgumentException("cannot add " + name + ": " + value, e);
        }
    }

    private static Header parsed(String name, String value) {
        try {
            return SipFactoryImpl.headerFactory.createHeader(name, value);
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a value of " + name + ": " + value, e);
        }
    }

    /** A wildcard has no URI for the engine to look at. */
    static void checkWildcard(Address address, ModifiableRule rule) {
        if (address.isWildcard() && rule == ModifiableRule.ContactSystem) {
            throw new IllegalArgumentException("the Contact is the container's (JSR 289 section 4.1.3)");
        }
    }
}
