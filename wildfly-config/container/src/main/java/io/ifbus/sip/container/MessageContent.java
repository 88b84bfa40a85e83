// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.text.ParseException;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import javax.sip.header.AcceptLanguageHeader;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Message;

/** Charset and languages of a SIP message (JSR 289 sections 5.3 and 5.9). */
final class MessageContent {
    private static final String CHARSET = "charset";

    private MessageContent() {}

    /** The charset parameter of Content-Type, or null. */
    static String charset(Message message) {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        return type == null ? null : type.getParameter(CHARSET);
    }

    /** @throws UnsupportedEncodingException if this JVM does not know it */
    static Charset named(String charset) throws UnsupportedEncodingException {
        try {
            return charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new UnsupportedEncodingException(charset);
        }
    }

    /** Writes the charset into Content-Type, where there is one. */
    static void setCharset(Message message, String charset) throws UnsupportedEncodingException {
        ContentTypeHeader type = (ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME);
        if (type != null) {
            try {
                type.setParameter(CHARSET, charset);
            } catch (ParseException e) {
                throw new UnsupportedEncodingException(charset);
            }
        }
    }

    /** The languages of Accept-Language by falling preference, or the server's where there is none. */
    static List<Locale> acceptedLanguages(Message message) {
        Iterator<?> headers = message.getHeaders(AcceptLanguageHeader.NAME);
        List<Locale> accepted = StreamSupport.stream(Spliterators.spliteratorUnknownSize(headers, 0), false)
                .map(AcceptLanguageHeader.class::cast)
                .filter(header -> header.getAcceptLanguage() != null)
                .sorted(Comparator.comparingDouble(MessageContent::preference).reversed())
                .map(AcceptLanguageHeader::getAcceptLanguage)
                .toList();
        return accepted.isEmpty() ? List.of(Locale.getDefault()) : accepted;
    }

    /** RFC 2616 section 14.4: 1 where nothing is said. */
    private static double preference(AcceptLanguageHeader header) {
        return header.getQValue() < 0 ? 1 : header.getQValue();
    }
}
