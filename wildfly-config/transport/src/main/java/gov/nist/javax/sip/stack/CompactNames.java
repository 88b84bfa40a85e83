// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Locale;
import java.util.Map;

/**
 * Tells the transport which header fields of a message to write by their compact names (RFC 3261 section 7.3.3). It goes
 * with the message as one of its headers and is itself not written. Immutable.
 */
public final class CompactNames extends SIPHeader {
    /** By which the message finds it. */
    public static final String NAME = "X-Compact-Names";

    private static final long serialVersionUID = 1L;

    private final Map<String, String> names;

    /** @param names compact names by long ones in lower case */
    public CompactNames(Map<String, String> names) {
        super(NAME);
        this.names = Map.copyOf(names);
    }

    @Override
    public StringBuilder encode(StringBuilder buffer) {
        return buffer;
    }

    @Override
    protected StringBuilder encodeBody(StringBuilder buffer) {
        return buffer;
    }

    /** The bytes of {@code message} with the names that it is to be written with. */
    static byte[] in(SIPMessage message, byte[] bytes) {
        return message.getHeader(NAME) instanceof CompactNames compact ? compact.write(bytes) : bytes;
    }

    private byte[] write(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1); // each byte a character, so that none is lost
        int end = text.indexOf("\r\n\r\n");
        StringBuilder written = new StringBuilder(text.length());
        for (int at = 0; at < end; ) {
            int next = text.indexOf("\r\n", at) + 2;
            int colon = text.indexOf(':', at);
            String compact = at == 0 || colon < 0 || colon > next
                    ? null
                    : names.get(text.substring(at, colon).toLowerCase(Locale.ROOT));
            written.append(compact == null ? text.substring(at, next) : compact + text.substring(colon, next));
            at = next;
        }
        return written.append(text, Math.max(end + 2, 0), text.length())
                .toString()
                .getBytes(ISO_8859_1);
    }
}
