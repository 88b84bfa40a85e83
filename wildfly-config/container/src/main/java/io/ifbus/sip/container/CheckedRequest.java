// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static java.util.Objects.requireNonNull;

import java.io.UnsupportedEncodingException;
import java.util.Iterator;
import java.util.Locale;
import javax.servlet.sip.Address;
import javax.servlet.sip.B2buaHelper;
import javax.servlet.sip.Parameterable;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.TooManyHopsException;
import javax.servlet.sip.URI;
import javax.servlet.sip.ar.SipApplicationRoutingDirective;
import javax.servlet.sip.ar.SipApplicationRoutingRegion;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.Transaction;
import javax.sip.header.AcceptLanguageHeader;
import javax.sip.header.Header;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import org.mobicents.servlet.sip.core.RoutingState;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.B2buaHelperImpl;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/** The engine's request, with the checks and the values that JSR 289 asks for where the engine's differ. */
abstract class CheckedRequest extends RequestHeaders {
    private static final long serialVersionUID = 1L;

    private String charset;

    CheckedRequest(
            Request request,
            SipFactoryImpl factory,
            MobicentsSipSession session,
            Transaction transaction,
            Dialog dialog,
            boolean createDialog) {
        super(request, factory, session, transaction, dialog, createDialog);
    }

    @Override
    public void setExpires(int seconds) {
        checkNotCommitted();
        super.setExpires(seconds);
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
    public void setCharacterEncoding(String encoding) throws UnsupportedEncodingException {
        checkNotCommitted();
        MessageContent.named(encoding);
        charset = encoding;
        MessageContent.setCharset(getMessage(), encoding);
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

    /** A header field by itself as an object with parameters. */
    static Parameterable parameterable(Header header) throws ServletParseException {
        return createParameterable(header, header.getName(), true);
    }

    // ---- where it came from: nowhere, when it was made here ----

    boolean isMadeHere() {
        if (getTransaction() != null) {
            return getTransaction() instanceof ClientTransaction;
        }
        ViaHeader via = (ViaHeader) getMessage().getHeader(ViaHeader.NAME);
        return via == null || !sipFactoryImpl.getSipApplicationDispatcher().isViaHeaderExternal(via);
    }

    @Override
    public String getRemoteAddr() {
        return isMadeHere() ? null : super.getRemoteAddr();
    }

    @Override
    public int getRemotePort() {
        return isMadeHere() ? -1 : super.getRemotePort();
    }

    @Override
    public String getTransport() {
        return isMadeHere() ? null : super.getTransport();
    }

    @Override
    public int getInitialRemotePort() {
        return isMadeHere() ? -1 : super.getInitialRemotePort();
    }

    // ---- what the application router has said of it ----

    private void checkInitial() {
        if (!isInitial()) {
            throw new IllegalStateException("not an initial request: no application router was asked about it");
        }
    }

    @Override
    public SipApplicationRoutingRegion getRegion() {
        checkInitial();
        return super.getRegion();
    }

    @Override
    public URI getSubscriberURI() {
        checkInitial();
        return super.getSubscriberURI();
    }

    @Override
    public SipApplicationRoutingDirective getRoutingDirective() {
        checkInitial();
        return super.getRoutingDirective();
    }

    @Override
    public void setRoutingDirective(SipApplicationRoutingDirective directive, SipServletRequest original) {
        checkNotSent();
        boolean goesOn = directive != SipApplicationRoutingDirective.NEW;
        if (goesOn && (original == null || ((CheckedRequest) original).isMadeHere())) {
            throw new IllegalStateException(
                    "only an initial request that came in is continued (JSR 289 section 15.1.6)");
        }
        super.setRoutingDirective(directive, original);
    }

    private void checkNotSent() {
        if (isMadeHere() && isMessageSent()) {
            throw new IllegalStateException("the request has been sent");
        }
    }

    @Override
    public void pushRoute(Address address) {
        if (!(address.getURI() instanceof SipURI uri)) {
            throw new IllegalArgumentException("not a SIP URI: " + address.getURI());
        }
        pushRoute(uri);
    }

    @Override
    public void pushRoute(SipURI uri) {
        checkNotSent();
        super.pushRoute(uri);
    }

    /** A request that came in may still be given another target, before it is proxied. */
    @Override
    public void setRequestURI(URI uri) {
        checkNotSent();
        super.setRequestURI(uri);
    }

    @Override
    public void setMaxForwards(int hops) {
        checkNotSent();
        super.setMaxForwards(hops);
    }

    // ---- once it is answered ----

    private void checkNotAnswered() {
        if (getRoutingState() == RoutingState.FINAL_RESPONSE_SENT) {
            throw new IllegalStateException("the request has been answered finally (JSR 289 section 5.2)");
        }
    }

    @Override
    public SipServletResponse createResponse(int status) {
        checkNotAnswered();
        return super.createResponse(status);
    }

    @Override
    public SipServletResponse createResponse(int status, String reason) {
        checkNotAnswered();
        return super.createResponse(status, reason);
    }

    @Override
    public Proxy getProxy(boolean create) throws TooManyHopsException {
        checkNotAnswered();
        return super.getProxy(create);
    }

    // ---- its second leg ----

    @Override
    public B2buaHelper getB2buaHelper() {
        B2buaHelper engines = super.getB2buaHelper();
        if (engines.getClass() != B2buaHelperImpl.class) {
            return engines;
        }
        CallLegs legs = new CallLegs();
        legs.setMobicentsSipFactory(sipFactoryImpl);
        legs.setSipManager(
                getSipSession().getSipApplicationSession().getSipContext().getSipManager());
        getSipSession().setB2buaHelper(legs);
        return legs;
    }
}
