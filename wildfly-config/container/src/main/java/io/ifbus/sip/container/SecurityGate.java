// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.SecurityLogger.LOG;

import io.ifbus.sip.container.SecurityRules.Demand;
import io.ifbus.sip.security.Challenge;
import io.ifbus.sip.security.Credentials;
import io.ifbus.sip.security.DigestServer;
import io.ifbus.sip.security.Nonces;
import io.ifbus.sip.security.SecuritySettings;
import io.ifbus.sip.security.User;
import io.ifbus.sip.security.Users;
import io.ifbus.sip.security.Verdict;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.sip.header.Header;
import javax.sip.message.Message;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletMessage;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletRequest;
import org.mobicents.servlet.sip.core.session.SipSessionImpl;
import org.mobicents.servlet.sip.message.SipFactoryImpl;

/**
 * Lets requests in to an application's servlets, or answers them (JSR 289 chapter 17). Safe for use by any thread.
 *
 * <pre>
 *   nothing is asked                                  in, unauthenticated
 *   confidential, but not by TLS or WSS               403
 *   for nobody; no user database; no login method     403
 *   no identity, wrong credentials                    401 or 407 with challenges
 *   improper credentials                              400 (RFC 7616 section 3.4.6)
 *   users cannot be asked                             503
 *   a role is missing                                 403
 *   else                                              in, with a principal
 * </pre>
 */
final class SecurityGate {
    private static final Set<String> SECURE = Set.of("tls", "wss");

    private final ApplicationDescriptor application;
    private final SecurityRules rules;
    private final SecuritySettings settings;
    private final SecurityAssertion assertion;
    private final DigestServer digest;
    private final String loginMethod;
    private final AtomicBoolean told = new AtomicBoolean(); // of a fault that makes all login fail

    /** @param nonces those of all applications: one chain may have several that challenge for one realm */
    SecurityGate(ApplicationDescriptor application, SecuritySettings settings, Nonces nonces) {
        this.application = application;
        this.settings = settings;
        this.rules = new SecurityRules(application.security());
        SipSecurity.Login login = application.security().login();
        String realm = login == null || login.realm() == null ? settings.realm() : login.realm();
        this.digest = new DigestServer(realm, settings.algorithms(), settings.users(), nonces);
        this.assertion = new SecurityAssertion(login == null ? null : login.identityAssertion(), settings, realm);
        this.loginMethod = login == null ? "DIGEST" : login.method().toUpperCase(Locale.ROOT);
        if (loginMethod.equals("BASIC")) {
            LOG.basicIsDigest(application.name());
        }
    }

    /** Whether the servlet may have the request; if not, it was answered. */
    boolean admits(MobicentsSipServletRequest request) {
        Demand demand = rules.of(request.getSipSession().getHandler(), request.getMethod());
        if (demand.constraints().isEmpty()) {
            return true;
        }
        try {
            Optional<SipServletResponse> refusal = refusal(demand, request);
            if (refusal.isPresent()) {
                refusal.get().send();
                endIfNew(request);
            }
            return refusal.isEmpty();
        } catch (IOException e) { // the transport is gone
            LOG.answerFailed(application.name(), e);
            return false;
        }
    }

    private Optional<SipServletResponse> refusal(Demand demand, MobicentsSipServletRequest request) {
        if (demand.isConfidential() && !isSecure(request)) {
            return answer(request, 403);
        }
        if (!demand.isLogin()) {
            return Optional.empty();
        }
        if (demand.isForNobody()) {
            return answer(request, 403);
        }
        try {
            Optional<User> asserted = assertion.of(request);
            if (asserted.isPresent()) {
                return admit(demand, request, asserted.get());
            }
            return assertion.isRequired() || isLoginImpossible() ? answer(request, 403) : byDigest(demand, request);
        } catch (IOException e) {
            LOG.usersUnavailable(application.name(), e);
            return answer(request, 503);
        }
    }

    private static boolean isSecure(SipServletRequest request) {
        String transport = request.getTransport();
        return transport != null && SECURE.contains(transport.toLowerCase(Locale.ROOT));
    }

    private boolean isLoginImpossible() {
        boolean unsupported = !loginMethod.equals("DIGEST") && !loginMethod.equals("BASIC");
        boolean nobody = settings.users() == Users.NONE;
        if ((unsupported || nobody) && told.compareAndSet(false, true)) {
            if (unsupported) {
                LOG.unsupportedLogin(application.name(), loginMethod);
            } else {
                LOG.noUsers(application.name());
            }
        }
        return unsupported || nobody;
    }

    private Optional<SipServletResponse> byDigest(Demand demand, MobicentsSipServletRequest request)
            throws IOException {
        Optional<Credentials> credentials;
        try {
            credentials = credentials(request, demand.byProxy() ? "Proxy-Authorization" : "Authorization");
        } catch (IllegalArgumentException e) {
            return answer(request, 400);
        }
        if (credentials.isEmpty()) {
            return challenge(request, demand.byProxy(), false);
        }
        Set<Credentials> logins = ((ServletRequestMessage) request).logins();
        SecurityTarget target = new SecurityTarget(request.getRequestURI());
        Verdict verdict = logins.contains(credentials.get())
                ? digest.verifyAgain(credentials.get(), request.getMethod())
                : digest.verify(credentials.get(), request.getMethod(), target::isNamedBy);
        if (verdict instanceof Verdict.Accepted accepted) {
            logins.add(credentials.get());
            return admit(demand, request, accepted.user());
        }
        return verdict instanceof Verdict.Challenged challenged
                ? challenge(request, demand.byProxy(), challenged.stale())
                : answer(request, 400);
    }

    /** Those of our realm: a request may carry others for other servers (RFC 3261 section 22.3). */
    private Optional<Credentials> credentials(SipServletRequest request, String header) {
        for (var values = request.getHeaders(header); values.hasNext(); ) {
            Credentials credentials = Credentials.parse(values.next());
            if (credentials.realm().equals(digest.realm())) {
                return Optional.of(credentials);
            }
        }
        return Optional.empty();
    }

    private Optional<SipServletResponse> admit(Demand demand, MobicentsSipServletRequest request, User user) {
        if (!demand.admits(user.roles())) {
            return answer(request, 403);
        }
        request.setUserPrincipal(new SecurityPrincipal(user, () -> roleLinks(request)));
        return Optional.empty();
    }

    private Map<String, String> roleLinks(MobicentsSipServletRequest request) {
        String servlet = request.getSipSession().getHandler();
        return application.servlets().stream()
                .filter(each -> each.name().equals(servlet))
                .findFirst()
                .map(ApplicationDescriptor.Servlet::roleLinks)
                .orElse(Map.of());
    }

    private Optional<SipServletResponse> challenge(SipServletRequest request, boolean byProxy, boolean stale) {
        SipServletResponse response = request.createResponse(byProxy ? 407 : 401);
        List<Challenge> challenges = digest.challenges(stale);
        Message message = ((MobicentsSipServletMessage) response).getMessage();
        for (Challenge each : challenges) { // addHeader of the response would keep the last one alone
            message.addHeader(header(byProxy ? "Proxy-Authenticate" : "WWW-Authenticate", each.headerValue()));
        }
        return Optional.of(response);
    }

    /** A header that a message may hold several of. */
    private static Header header(String name, String value) {
        try {
            return SipFactoryImpl.headerFactory.createHeader(name, value);
        } catch (ParseException e) {
            throw new IllegalArgumentException("no " + name + " header can hold this", e);
        }
    }

    private static Optional<SipServletResponse> answer(SipServletRequest request, int status) {
        return Optional.of(request.createResponse(status));
    }

    /** No servlet has seen the session of a refused initial request, so nobody else would end it. */
    private static void endIfNew(MobicentsSipServletRequest request) {
        if (request.isInitial()) {
            ((SipSessionImpl) request.getSipSession())
                    .setReadyToInvalidate(true); // and so it ends with its transaction
        }
    }
}
