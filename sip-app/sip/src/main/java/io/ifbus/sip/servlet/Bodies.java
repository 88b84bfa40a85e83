// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.sdp.Sdp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.servlet.sip.SipServletMessage;

/** Session descriptions in messages. */
final class Bodies {
    static final String SDP = "application/sdp";

    private Bodies() {}

    static boolean isEmpty(SipServletMessage message) throws IOException {
        byte[] content = message.getRawContent();
        return content == null || content.length == 0;
    }

    static boolean isSdp(SipServletMessage message) {
        String type = message.getContentType();
        return type != null
                && type.toLowerCase(Locale.ROOT).split(";", 2)[0].trim().equals(SDP);
    }

    /** The description in {@code message}; empty if there is none, or none that can be read. */
    static Optional<Sdp> sdp(SipServletMessage message) throws IOException {
        return isEmpty(message) || !isSdp(message)
                ? Optional.empty()
                : Sdp.parse(new String(message.getRawContent(), StandardCharsets.UTF_8));
    }

    static void put(Optional<Sdp> sdp, SipServletMessage message) throws IOException {
        if (sdp.isPresent()) {
            message.setContent(sdp.get().text().getBytes(StandardCharsets.UTF_8), SDP);
        }
    }
}
