// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.call.CallId;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.servlet.sip.SipServletMessage;

/**
 * One Session-ID from phone to phone, through us (RFC 7989): each phone is shown the other's half. A phone that has none
 * is spoken for by the call's own.
 */
final class SessionIds {
    static final String NAME = "Session-ID";
    private static final String NIL = "0".repeat(32);
    private static final Pattern HALF = Pattern.compile("[0-9a-f]{32}");

    private SessionIds() {}

    /** Remembers what the phone at {@code leg} calls its end. */
    static void hear(SipServletMessage message, LegWire leg) {
        String half = half(message);
        if (half != null && !half.equals(NIL)) {
            leg.session7989 = half;
        }
    }

    /** The sender's half in {@code message}; null if there is none. */
    static String half(SipServletMessage message) {
        String value = message.getHeader(NAME);
        if (value == null) {
            return null;
        }
        String half = value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return HALF.matcher(half).matches() ? half : null;
    }

    /** Names the session in a message to the phone at {@code leg}. */
    static void stamp(SipServletMessage message, CallId call, LegWire leg) {
        LegWire peer = leg.peer;
        String local = peer == null || peer.session7989 == null ? own(call) : peer.session7989;
        String remote = leg.session7989 == null ? NIL : leg.session7989;
        message.setHeader(NAME, local + ";remote=" + remote);
    }

    private static String own(CallId call) {
        return call.bare().replace("-", "");
    }
}
