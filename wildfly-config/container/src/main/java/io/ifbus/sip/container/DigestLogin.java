// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.security.Challenge;
import io.ifbus.sip.security.Credentials;
import io.ifbus.sip.security.DigestClient;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.servlet.sip.SipServletResponse;
import javax.sip.header.AuthorizationHeader;
import javax.sip.header.Header;
import javax.sip.header.ProxyAuthenticateHeader;
import javax.sip.header.ProxyAuthorizationHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.core.security.MobicentsAuthInfoEntry;
import org.mobicents.servlet.sip.core.security.SipDigestAuthenticator;
import org.mobicents.servlet.sip.core.session.MobicentsSipSession;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.message.SipServletResponseImpl;

/** Answers the challenges that an application's own requests get (RFC 3261 section 22.2). Safe for use by any thread. */
final class DigestLogin implements SipDigestAuthenticator {
    private static final Map<String, String> ANSWERS =
            Map.of("WWW-Authenticate", "Authorization", "Proxy-Authenticate", "Proxy-Authorization");

    private final DigestClient client = new DigestClient(new SecureRandom());

    /** One header to be put into a request. */
    private record Answer(String header, Credentials credentials) {}

    /**
     * Answers a challenge with the client of the request's application.
     *
     * @param remember whether later requests of the session are to have credentials without being challenged
     * @see #answer(Request, Response, Request, Function)
     */
    static void answer(
            SipServletRequestImpl request,
            SipServletResponse challenge,
            Function<String, MobicentsAuthInfoEntry> known,
            boolean remember) {
        MobicentsSipSession session = request.getSipSession();
        Response response = (Response) ((SipServletResponseImpl) challenge).getMessage();
        Request challenged = (Request) ((SipServletRequestImpl) challenge.getRequest()).getMessage();
        SipApplicationAttributes application =
                (SipApplicationAttributes) session.getSipApplicationSession().getSipContext();
        application.getDigestAuthenticator().answer((Request) request.getMessage(), response, challenged, known);
        if (remember) {
            ANSWERS.keySet().forEach(header -> challenges(response, header)
                    .keySet()
                    .forEach(realm -> session.getSipSessionSecurity().addCachedAuthInfo(realm, known.apply(realm))));
        }
    }

    /**
     * Puts credentials for each realm of a challenge response into {@code request}, in place of those that it had.
     *
     * @param challenged the request that was challenged
     * @param known name and password by realm; null if there are none
     * @throws SecurityException if a realm has no credentials, or no challenge that can be answered, or has just refused
     *     these very credentials; the request is as it was
     */
    void answer(
            Request request, Response challenge, Request challenged, Function<String, MobicentsAuthInfoEntry> known) {
        List<Answer> answers = new ArrayList<>();
        ANSWERS.forEach((asking, answering) -> challenges(challenge, asking).forEach((realm, challenges) -> {
            MobicentsAuthInfoEntry entry = known.apply(realm);
            if (entry == null) {
                throw new SecurityException("no credentials for the realm " + realm);
            }
            Challenge chosen = DigestClient.choose(challenges)
                    .orElseThrow(
                            () -> new SecurityException("no challenge of a known algorithm for the realm " + realm));
            if (!chosen.stale() && wasSent(challenged, answering, realm, entry)) {
                throw new SecurityException("the realm " + realm + " has refused these credentials");
            }
            answers.add(new Answer(answering, credentials(request, chosen, entry)));
        }));
        ANSWERS.values().forEach(header -> renew(request, header, answers, known));
        answers.forEach(each -> request.addHeader(header(each)));
    }

    /** Realms of a challenge response, in the order of its headers, each once. */
    static Map<String, List<Challenge>> challenges(Response response, String header) {
        Map<String, List<Challenge>> byRealm = new LinkedHashMap<>();
        for (String value : values(response, header)) {
            Challenge.parse(value).ifPresent(each -> byRealm.computeIfAbsent(each.realm(), realm -> new ArrayList<>())
                    .add(each));
        }
        return byRealm;
    }

    private static boolean wasSent(Request challenged, String header, String realm, MobicentsAuthInfoEntry entry) {
        return sent(challenged, header).stream()
                .filter(each -> each.realm().equals(realm))
                .anyMatch(each ->
                        DigestClient.areMadeOf(each, entry.getUserName(), entry.getPassword(), challenged.getMethod()));
    }

    /** Credentials of other realms stay, with a new count if their password is known, for no count is used twice. */
    private void renew(
            Request request, String header, List<Answer> answers, Function<String, MobicentsAuthInfoEntry> known) {
        List<Credentials> others = sent(request, header);
        request.removeHeader(header);
        for (Credentials each : others) {
            boolean replaced = answers.stream()
                    .anyMatch(answer -> answer.header().equals(header)
                            && answer.credentials().realm().equals(each.realm()));
            if (!replaced) {
                MobicentsAuthInfoEntry entry = known.apply(each.realm());
                boolean mine = entry != null
                        && DigestClient.areMadeOf(each, entry.getUserName(), entry.getPassword(), request.getMethod());
                Credentials renewed = mine ? credentials(request, challengeOf(each), entry) : each;
                request.addHeader(header(new Answer(header, renewed)));
            }
        }
    }

    private Credentials credentials(Request request, Challenge challenge, MobicentsAuthInfoEntry entry) {
        String uri = request.getRequestURI().toString();
        return client.answer(challenge, entry.getUserName(), entry.getPassword(), request.getMethod(), uri);
    }

    private static Challenge challengeOf(Credentials credentials) {
        return new Challenge(
                credentials.realm(),
                credentials.nonce(),
                credentials.opaque(),
                credentials.algorithm(),
                credentials.qop(),
                false);
    }

    private static List<Credentials> sent(Request request, String header) {
        List<Credentials> found = new ArrayList<>();
        for (String value : values(request, header)) {
            try {
                found.add(Credentials.parse(value));
            } catch (IllegalArgumentException e) {
                throw new SecurityException("the request has a " + header + " that is not of the scheme Digest", e);
            }
        }
        return found;
    }

    private static List<String> values(Message message, String header) {
        List<String> values = new ArrayList<>();
        for (ListIterator<?> headers = message.getHeaders(header); headers.hasNext(); ) {
            values.add(value((Header) headers.next()));
        }
        return values;
    }

    private static String value(Header header) {
        return ((gov.nist.javax.sip.header.SIPHeader) header).getHeaderValue();
    }

    private static AuthorizationHeader header(Answer answer) {
        try {
            return (AuthorizationHeader) SipFactoryImpl.headerFactory.createHeader(
                    answer.header(), answer.credentials().headerValue());
        } catch (ParseException e) {
            throw new SecurityException("credentials that a header cannot hold", e);
        }
    }

    /** For requests of which the engine remembers the password: {@code asking} is a challenge, or what was sent last. */
    @Override
    public AuthorizationHeader getAuthorizationHeader(
            String method, String uri, String body, Header asking, String name, String password, String nonce, int nc) {
        boolean proxy = asking instanceof ProxyAuthenticateHeader || asking instanceof ProxyAuthorizationHeader;
        Optional<Challenge> challenge = asking instanceof AuthorizationHeader
                ? Optional.of(challengeOf(Credentials.parse(value(asking))))
                : Challenge.parse(value(asking));
        Challenge fresh = challenge
                .map(each -> new Challenge(
                        each.realm(),
                        nonce == null ? each.nonce() : nonce,
                        each.opaque(),
                        each.algorithm(),
                        each.qop(),
                        each.stale()))
                .flatMap(each -> DigestClient.choose(List.of(each)))
                .orElseThrow(() -> new SecurityException("no challenge of a known algorithm"));
        return header(new Answer(
                proxy ? "Proxy-Authorization" : "Authorization", client.answer(fresh, name, password, method, uri)));
    }
}
