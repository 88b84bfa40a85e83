// SPDX-License-Identifier: AGPL-3.0-or-later
package org.mobicents.servlet.sip.address;

import java.text.ParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.servlet.sip.TelURL;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** A telephone number (RFC 3966): global, or local to a context. */
public final class TelURLImpl extends URIImpl implements TelURL {
    private static final long serialVersionUID = 1L;
    private static final String CONTEXT = "phone-context";
    private static final Pattern SEPARATORS = Pattern.compile("[-.()]");
    private static final Pattern GLOBAL = Pattern.compile("[0-9]+");
    private static final Pattern LOCAL = Pattern.compile("[0-9A-Fa-f*#]+");

    public TelURLImpl(javax.sip.address.TelURL uri) {
        super(uri);
    }

    private javax.sip.address.TelURL tel() {
        return (javax.sip.address.TelURL) uri;
    }

    @Override
    public String getPhoneNumber() {
        return tel().getPhoneNumber();
    }

    @Override
    public boolean isGlobal() {
        return tel().isGlobal();
    }

    @Override
    public String getPhoneContext() {
        return isGlobal() ? null : getParameter(CONTEXT);
    }

    @Override
    public void setPhoneNumber(String number) {
        set(number.startsWith("+") ? number.substring(1) : number, GLOBAL, true);
        removeParameter(CONTEXT);
    }

    @Override
    public void setPhoneNumber(String number, String context) {
        if (context == null || context.isEmpty()) {
            throw new IllegalArgumentException("a local number needs a context");
        }
        set(number, LOCAL, false);
        setParameter(CONTEXT, context);
    }

    private void set(String number, Pattern digits, boolean global) {
        if (!digits.matcher(digits(number)).matches()) {
            throw new IllegalArgumentException("not a telephone number: " + number);
        }
        try {
            tel().setPhoneNumber(number);
            tel().setGlobal(global);
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a telephone number: " + number, e);
        }
    }

    private static String digits(String number) {
        return SEPARATORS.matcher(number).replaceAll("");
    }

    @Override
    public String getValue() {
        return toString();
    }

    @Override
    public void setValue(String value) {
        try {
            uri = SipFactoryImpl.addressFactory.createTelURL(value.replaceFirst("^(?i)tel:", ""));
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a telephone number: " + value, e);
        }
    }

    @Override
    public TelURL clone() {
        return new TelURLImpl((javax.sip.address.TelURL) uri.clone());
    }

    /** RFC 3966 section 5: separators, order and case do not matter. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TelURLImpl that
                && isGlobal() == that.isGlobal()
                && digits(getPhoneNumber()).equalsIgnoreCase(digits(that.getPhoneNumber()))
                && comparable().equals(that.comparable());
    }

    @Override
    public int hashCode() {
        return digits(getPhoneNumber()).toLowerCase(Locale.ROOT).hashCode();
    }

    private Map<String, String> comparable() {
        Map<String, String> comparable = new HashMap<>();
        getParameters().forEach(each -> {
            String name = each.getKey().toLowerCase(Locale.ROOT);
            String value = each.getValue().toLowerCase(Locale.ROOT);
            boolean number = name.equals("ext") || name.equals(CONTEXT) && value.startsWith("+");
            comparable.put(name, number ? digits(value) : value);
        });
        return comparable;
    }
}
