// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.util.Iterator;
import java.util.ListIterator;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.ServletParseException;
import javax.sip.Dialog;
import javax.sip.Transaction;
import javax.sip.header.ReasonHeader;
import javax.sip.message.Request;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;

/** The engine's request, with header fields as JSR 289 section 5.4 wants them. */
abstract class RequestHeaders extends SipServletRequestImpl {
    private static final long serialVersionUID = 1L;

    private final HeaderForms forms = new HeaderForms();

    RequestHeaders(
            Request request,
            SipFactoryImpl factory,
            MobicentsSipSession session,
            Transaction transaction,
            Dialog dialog,
            boolean createDialog) {
        super(request, factory, session, transaction, dialog, createDialog);
        HeaderForms.forget(request);
    }

    /** Where the engine looks for a header field: its long name, however it was asked for. */
    @Override
    public String getCorrectHeaderName(String name) {
        return HeaderNames.full(name);
    }

    @Override
    public ModifiableRule getModifiableRule(String name) {
        return super.getModifiableRule(HeaderNames.full(name));
    }

    private boolean isFixed(String name) {
        String full = HeaderNames.full(name);
        return isCommitted()
                || isSystemHeader(getModifiableRule(full))
                || full.equalsIgnoreCase("From")
                || full.equalsIgnoreCase("To");
    }

    @Override
    public ListIterator<String> getHeaders(String name) {
        return new HeaderEdits<>(super.getHeaders(name), () -> isFixed(name), values -> {
            removeHeader(HeaderNames.full(name));
            values.forEach(value -> addHeader(HeaderNames.full(name), value));
        });
    }

    @Override
    public ListIterator<Address> getAddressHeaders(String name) throws ServletParseException {
        return new HeaderEdits<>(super.getAddressHeaders(name), () -> isFixed(name), values -> {
            removeHeader(HeaderNames.full(name));
            values.forEach(value -> addAddressHeader(HeaderNames.full(name), value, false));
        });
    }

    @Override
    public ListIterator<Parameterable> getParameterableHeaders(String name) throws ServletParseException {
        return new HeaderEdits<>(super.getParameterableHeaders(name), () -> isFixed(name), values -> {
            removeHeader(HeaderNames.full(name));
            values.forEach(value -> addParameterableHeader(HeaderNames.full(name), value, false));
        });
    }

    @Override
    public void addParameterableHeader(String name, Parameterable value, boolean first) {
        if (isSystemHeader(getModifiableRule(name))) {
            throw new IllegalArgumentException(name + " is a system header (JSR 289 section 5.4.2)");
        }
        super.addParameterableHeader(name, value, first);
    }

    final void checkNotCommitted() {
        if (isCommitted()) {
            throw new IllegalStateException("the message is committed (JSR 289 section 5.1)");
        }
    }

    // ---- what is set and added ----

    @Override
    public void setHeader(String name, String value) {
        if (value != null && HeaderRules.isParty(name) && !isCommitted()) {
            HeaderRules.setParty(getMessage(), HeaderNames.full(name), value);
        } else {
            super.setHeader(name, value);
        }
        forms.named(name, getMessage());
    }

    @Override
    public void addHeaderInternal(String name, String value, boolean containers) {
        if (!containers && HeaderRules.isParty(name)) {
            throw new IllegalArgumentException("a request has one " + name);
        }
        if (HeaderRules.isOfAuthentication(name)) {
            HeaderRules.addRow(getMessage(), name, value);
        } else {
            super.addHeaderInternal(name, value, containers);
        }
        forms.named(name, getMessage());
    }

    /** The engine sets the reasons of a CANCEL one after the other; each stays (RFC 3326 section 2). */
    @Override
    public void setHeaderInternal(String name, String value, boolean containers) {
        if (Request.CANCEL.equals(getMethod()) && ReasonHeader.NAME.equalsIgnoreCase(name)) {
            HeaderRules.addRow(getMessage(), name, value);
        } else {
            super.setHeaderInternal(name, value, containers);
        }
    }

    @Override
    public void addAddressHeader(String name, Address address, boolean first) {
        HeaderRules.checkWildcard(address, getModifiableRule(name));
        super.addAddressHeader(name, address, first);
    }

    @Override
    public void setAddressHeader(String name, Address address) {
        HeaderRules.checkWildcard(address, getModifiableRule(name));
        super.setAddressHeader(name, address);
    }

    // ---- forms of the names ----

    @Override
    public void setHeaderForm(HeaderForm form) {
        super.setHeaderForm(form);
        forms.become(form, getMessage());
    }

    @Override
    public Iterator<String> getHeaderNames() {
        return HeaderForms.visible(super.getHeaderNames(), getMessage());
    }
}
