// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import java.io.UnsupportedEncodingException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.Rel100Exception;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletRequest;
import javax.sip.Dialog;
import javax.sip.Transaction;
import javax.sip.header.AcceptLanguageHeader;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.RSeqHeader;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.address.AddressImpl.ModifiableRule;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletResponseImpl;

/** The engine's response, with the checks and the values that JSR 289 asks for where the engine's differ. */
abstract class CheckedResponse extends SipServletResponseImpl {
    private static final long serialVersionUID = 1L;

    private final HeaderForms forms = new HeaderForms();
    private String charset;

    CheckedResponse(
            Response response,
            SipFactoryImpl factory,
            Transaction transaction,
            MobicentsSipSession session,
            Dialog dialog,
            boolean received,
            boolean retransmission) {
        super(response, factory, transaction, session, dialog, received, retransmission);
        HeaderForms.forget(response);
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

    @Override
    public void addHeaderInternal(String name, String value, boolean containers) {
        if (HeaderRules.isOfAuthentication(name)) {
            HeaderRules.addRow(getMessage(), name, value);
        } else {
            super.addHeaderInternal(name, value, containers);
        }
        forms.named(name, getMessage());
    }

    @Override
    public void setHeader(String name, String value) {
        super.setHeader(name, value);
        forms.named(name, getMessage());
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

    /** The realms of all challenges, of user agents and of proxies, each once. */
    @Override
    public Iterator<String> getChallengeRealms() {
        Set<String> realms = new LinkedHashSet<>();
        for (String name : List.of(WWWAuthenticateHeader.NAME, ProxyAuthenticateHeader.NAME)) {
            for (Iterator<?> all = getMessage().getHeaders(name); all.hasNext(); ) {
                realms.add(((WWWAuthenticateHeader) all.next()).getRealm());
            }
        }
        realms.remove(null);
        return realms.iterator();
    }

    @Override
    public void setExpires(int seconds) {
        checkNotCommitted();
        super.setExpires(seconds);
    }

    private void checkNotCommitted() {
        if (isCommitted()) {
            throw new IllegalStateException("the message is committed (JSR 289 section 5.1)");
        }
    }

    @Override
    public void removeAttribute(String name) {
        super.removeAttribute(requireNonNull(name, "name"));
    }

    @Override
    public Locale getAcceptLanguage() {
        return MessageContent.acceptedLanguages(getMessage()).get(0);
    }

    @Override
    public Iterator<Locale> getAcceptLanguages() {
        return MessageContent.acceptedLanguages(getMessage()).iterator();
    }

    @Override
    public void setAcceptLanguage(Locale locale) {
        if (locale == null) {
            removeHeader(AcceptLanguageHeader.NAME);
        } else {
            super.setAcceptLanguage(locale);
        }
    }

    @Override
    public String getCharacterEncoding() {
        String named = MessageContent.charset(getMessage());
        return named != null ? named : charset;
    }

    /** The charset of text content, set before or after the content's type (JSR 289 section 5.3.1). */
    @Override
    public void setCharacterEncoding(String encoding) {
        checkNotCommitted();
        try {
            MessageContent.named(encoding);
            charset = encoding;
            MessageContent.setCharset(getMessage(), encoding);
        } catch (UnsupportedEncodingException e) { // ServletResponse does not declare it
            throw new IllegalArgumentException("unknown charset " + encoding, e);
        }
    }

    /** Text is written in the charset of its type, else in that of {@link #setCharacterEncoding}, else in UTF-8. */
    @Override
    public void setContent(Object content, String type) throws UnsupportedEncodingException {
        if (!(content instanceof String text)) {
            super.setContent(content, type);
            return;
        }
        super.setContent(new byte[0], type); // checks the type and says what it is
        if (MessageContent.charset(getMessage()) == null && charset != null) {
            MessageContent.setCharset(getMessage(), charset);
        }
        super.setContent(text.getBytes(MessageContent.named(getCharacterEncoding())), getContentType());
    }

    /** One that was sent is committed whatever has become of its transaction. */
    @Override
    public boolean isCommitted() {
        return isMessageSent() || super.isCommitted();
    }

    /** Of a 2xx alone: the container acknowledges the others (JSR 289 section 11.1). */
    @Override
    public SipServletRequest createAck() {
        if (getStatus() >= 300) {
            throw new IllegalStateException("the container has acknowledged the " + getStatus());
        }
        return super.createAck();
    }

    @Override
    public SipServletRequest createPrack() throws Rel100Exception {
        if (getStatus() <= 100 || getStatus() >= 200) {
            throw new Rel100Exception(Rel100Exception.NOT_1XX);
        }
        if (getMessage().getHeader(RSeqHeader.NAME) == null) {
            throw new Rel100Exception(Rel100Exception.NOT_100rel);
        }
        return super.createPrack();
    }
}
