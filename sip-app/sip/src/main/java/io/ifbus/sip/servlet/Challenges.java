// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.servlet;

import io.ifbus.sip.signal.Logins;
import java.util.Iterator;
import java.util.Locale;
import javax.servlet.sip.AuthInfo;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Answers challenges with the configured credentials (RFC 3261 section 22). */
final class Challenges {
    private static final String TRIES = "io.ifbus.sip.tries";
    /** A peer for which each nonce is too old is asked this often. */
    private static final int MOST_TRIES = 3;

    private final SipFactory factory;
    private final Logins logins;

    Challenges(SipFactory factory, Logins logins) {
        this.factory = factory;
        this.logins = logins;
    }

    /** It is a challenge, we know what it wants, and that was not refused yet. */
    boolean canAnswer(LegWire leg, SipServletResponse response) {
        if (response.getStatus() != 401 && response.getStatus() != 407) {
            return false;
        }
        if (tries(response.getRequest()) >= MOST_TRIES) {
            return false;
        }
        boolean tried = response.getRequest().getHeader("Authorization") != null
                || response.getRequest().getHeader("Proxy-Authorization") != null;
        return (!tried || isStale(response)) && knowsAll(leg, response);
    }

    private boolean knowsAll(LegWire leg, SipServletResponse response) {
        Iterator<String> realms = response.getChallengeRealms();
        if (!realms.hasNext()) {
            return false;
        }
        while (realms.hasNext()) {
            if (logins.of(realms.next(), leg.host).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The nonce was too old, not the password wrong (RFC 7616 section 3.3). */
    private static boolean isStale(SipServletResponse response) {
        String name = response.getStatus() == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        String challenge = response.getHeader(name);
        return challenge != null
                && challenge.toLowerCase(Locale.ROOT).replace(" ", "").matches(".*stale=\"?true.*");
    }

    /** Puts the credentials into {@code retry}. */
    void answer(LegWire leg, SipServletResponse challenge, SipServletRequest retry) {
        AuthInfo info = factory.createAuthInfo();
        challenge.getChallengeRealms().forEachRemaining(realm -> logins.of(realm, leg.host)
                .ifPresent(login -> info.addAuthInfo(challenge.getStatus(), realm, login.user(), login.password())));
        retry.addAuthHeader(challenge, info);
        retry.setAttribute(TRIES, tries(challenge.getRequest()) + 1);
    }

    /** How many challenges have led to this request. */
    private static int tries(SipServletRequest request) {
        return request.getAttribute(TRIES) instanceof Integer tries ? tries : 0;
    }
}
