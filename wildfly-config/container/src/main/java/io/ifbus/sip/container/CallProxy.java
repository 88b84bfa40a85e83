// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import static io.ifbus.sip.container.ContainerLogger.LOG;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import javax.servlet.sip.Address;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.mobicents.servlet.sip.JainSipUtils;
import org.mobicents.servlet.sip.address.SipURIImpl;
import org.mobicents.servlet.sip.core.DispatcherException;
import org.mobicents.servlet.sip.core.dispatchers.MessageDispatcher;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletResponse;
import org.mobicents.servlet.sip.message.SipFactoryImpl;
import org.mobicents.servlet.sip.message.SipServletRequestImpl;
import org.mobicents.servlet.sip.message.SipServletResponseImpl;
import org.mobicents.servlet.sip.proxy.ProxyBranchImpl;
import org.mobicents.servlet.sip.proxy.ProxyImpl;
import org.mobicents.servlet.sip.proxy.ProxyUtils;

/** The engine's proxy, with JSR 289 chapter 10 and RFC 3261 section 16 where the engine departs from them. */
final class CallProxy extends ProxyImpl {
    private final Set<ProxyBranch> followed = new HashSet<>(); // branches that a redirection has made
    private boolean recursive = true; // the engine's own flag stays false

    /** @param timeout seconds, of the application */
    CallProxy(SipServletRequestImpl request, SipFactoryImpl factory, int timeout) {
        super(request, factory);
        super.setRecurse(false);
        setProxyTimeout(timeout);
    }

    // ---- settings ----

    @Override
    public boolean getRecurse() {
        return recursive;
    }

    @Override
    public void setRecurse(boolean follow) {
        recursive = follow;
    }

    @Override
    public SipURI getRecordRouteURI() {
        SipURI uri = super.getRecordRouteURI();
        if (uri != null && !(uri instanceof RouteUri)) {
            recordRouteURI = copy(uri);
        }
        return recordRouteURI;
    }

    @Override
    public void setAddToPath(boolean path) {
        super.setAddToPath(path);
        if (!(pathURI instanceof RouteUri)) {
            pathURI = copy(pathURI);
        }
    }

    // ---- branches ----

    @Override
    public List<ProxyBranch> createProxyBranches(List<? extends URI> targets) {
        targets.forEach(CallProxy::check);
        List<ProxyBranch> branches = new ArrayList<>();
        targets.forEach(target -> branches.add(branch(target)));
        return branches;
    }

    @Override
    public void proxyTo(List<? extends URI> targets) {
        createProxyBranches(targets);
        startProxy();
    }

    @Override
    public void proxyTo(URI target) {
        if (target == null || JainSipUtils.checkScheme(target.toString()) || !hasSipRoute()) {
            check(target);
        }
        branch(target);
        startProxy();
    }

    private static void check(URI target) {
        if (target == null) {
            throw new NullPointerException("target");
        }
        if (!JainSipUtils.checkScheme(target.toString())) {
            throw new IllegalArgumentException("scheme '" + target.getScheme() + "' cannot be proxied to");
        }
    }

    private boolean hasSipRoute() {
        return getOriginalRequest().getHeader("Route") != null;
    }

    /** Each branch has routes of its own, which begin as those of the proxy; it takes them when it is made. */
    private CallProxyBranch branch(URI target) {
        SipURI recordRoute = getRecordRoute() ? getRecordRouteURI() : recordRouteURI;
        SipURIImpl path = pathURI;
        recordRouteURI = recordRoute == null ? null : copy(recordRoute);
        pathURI = path == null ? null : copy(path);
        try {
            CallProxyBranch branch = new CallProxyBranch(target, this);
            getProxyBranchesMap().put(target, branch);
            return branch;
        } finally {
            recordRouteURI = recordRoute;
            pathURI = path;
        }
    }

    private static RouteUri copy(SipURI uri) {
        return new RouteUri(
                (javax.sip.address.SipURI) ((SipURIImpl) uri).getSipURI().clone());
    }

    /** The branches that the application has made; those of redirections hang on them. */
    @Override
    public List<ProxyBranch> getProxyBranches() {
        List<ProxyBranch> branches = super.getProxyBranches();
        branches.removeAll(followed);
        return branches;
    }

    /** RFC 3261 section 16.3, step 5: nothing may be proxied that asks a proxy for what it does not know. */
    @Override
    public void startProxy() {
        String wanted = getOriginalRequest().getHeader("Proxy-Require");
        if (wanted == null) {
            super.startProxy();
            return;
        }
        SipServletResponse refusal = getOriginalRequest().createResponse(SipServletResponse.SC_BAD_EXTENSION);
        refusal.setHeader("Unsupported", wanted);
        try {
            refusal.send();
        } catch (IOException e) {
            LOG.debugf("no 420: %s", e.getMessage());
        }
    }

    // ---- answers ----

    /**
     * Starts a branch to each Contact of a redirection. The redirection itself is not an answer any more (RFC 3261 section
     * 16.7, step 4).
     *
     * @return false if it names none
     */
    boolean follow(MobicentsSipServletResponse redirection, CallProxyBranch from) {
        List<CallProxyBranch> branches = new ArrayList<>();
        try {
            ListIterator<? extends Address> contacts = ((SipServletResponse) redirection).getAddressHeaders("Contact");
            while (contacts.hasNext()) {
                Address contact = contacts.next();
                URI target = contact.isWildcard() ? null : contact.getURI().clone();
                if (target != null
                        && JainSipUtils.checkScheme(target.toString())
                        && getProxyBranchesMap().get(target) == null) {
                    branches.add(branch(target));
                }
            }
        } catch (ServletParseException e) {
            LOG.debugf("a redirection without a usable Contact: %s", e.getMessage());
        }
        for (CallProxyBranch branch : branches) {
            branch.setRecordRoute(from.getRecordRoute());
            followed.add(branch);
            from.addRecursedBranch(branch);
        }
        if (getParallel()) {
            branches.forEach(ProxyBranchImpl::start);
        } else if (!branches.isEmpty()) {
            startNextUntriedBranch();
        }
        return !branches.isEmpty();
    }

    /** The engine drops a further 2xx by this; what is late is looked at by {@link CallProxyBranch#onResponse}. */
    @Override
    public int getBestResponseSent() {
        return -1;
    }

    /** Whether the initial INVITE of which {@code response} is has its final answer already. */
    boolean isAnswered(MobicentsSipServletResponse response) {
        SipServletRequestImpl request = (SipServletRequestImpl) ((SipServletResponseImpl) response).getRequest();
        return super.getBestResponseSent() >= 200
                && Request.INVITE.equals(response.getMethod())
                && request != null
                && request.isInitial();
    }

    /** RFC 3261 section 16.7, step 5: each 2xx to an INVITE goes on; other answers have come too late. */
    void answeredAgain(MobicentsSipServletResponse response, CallProxyBranch branch) throws DispatcherException {
        if (response.getStatus() < 200 || response.getStatus() >= 300) {
            return;
        }
        try {
            if (getSupervised()) {
                MessageDispatcher.callServlet(response);
            }
            SipServletResponseImpl proxied = ProxyUtils.createProxiedResponse(response, branch);
            if (proxied != null) {
                Message message = proxied.getMessage();
                getSipFactoryImpl()
                        .getSipNetworkInterfaceManager()
                        .findMatchingListeningPoint(JainSipUtils.findTransport(message), false)
                        .getSipProvider()
                        .sendResponse((Response) message); // the INVITE's transaction has ended with the first one
            }
        } catch (ServletException | IOException | SipException e) {
            throw new DispatcherException(Response.SERVER_INTERNAL_ERROR, e);
        }
    }

    /** RFC 3261 section 16.7, step 7: the challenges of all branches go with the one that is passed on. */
    @Override
    public void sendFinalResponse(MobicentsSipServletResponse response, ProxyBranchImpl branch)
            throws DispatcherException {
        if (response != null && isChallenge(response.getStatus())) {
            for (ProxyBranch other : super.getProxyBranches()) {
                SipServletResponseImpl answer = (SipServletResponseImpl) other.getResponse();
                if (answer != null && answer != response && isChallenge(answer.getStatus())) {
                    addChallenges(answer.getMessage(), response.getMessage(), "WWW-Authenticate");
                    addChallenges(answer.getMessage(), response.getMessage(), "Proxy-Authenticate");
                }
            }
        }
        super.sendFinalResponse(response, branch);
    }

    private static boolean isChallenge(int status) {
        return status == SipServletResponse.SC_UNAUTHORIZED
                || status == SipServletResponse.SC_PROXY_AUTHENTICATION_REQUIRED;
    }

    private static void addChallenges(Message from, Message to, String name) {
        ListIterator<?> challenges = from.getHeaders(name);
        while (challenges.hasNext()) {
            to.addHeader((Header) ((Header) challenges.next()).clone());
        }
    }
}
