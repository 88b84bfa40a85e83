// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProxyApiTest extends ApiScene {
    private static RawPeer first;
    private static RawPeer second;

    @BeforeAll
    static void openTargets() throws Exception {
        first = new RawPeer();
        second = new RawPeer();
    }

    @AfterAll
    static void closeTargets() {
        first.close();
        second.close();
    }

    private static URI uri(RawPeer target) throws Exception {
        return factory.createURI("sip:callee@127.0.0.1:" + target.port());
    }

    private static String atFirst(String start, String message) {
        return first.await(start, callId(message));
    }

    private static String atSecond(String start, String message) {
        return second.await(start, callId(message));
    }

    /** Proxies an INVITE of the peer as the work says, and ends it with a 486 where it was proxied to first. */
    private static String refused(String invite, Check<SipServletRequest> work) throws Exception {
        check(invite, work);
        String received = atFirst("INVITE", invite);
        first.send(first.response(received, 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 486", invite);
        return received;
    }

    @Test
    @Proves({
        "Proxy",
        "Proxy.getRecordRoute",
        "Proxy.getRecurse",
        "Proxy.getParallel",
        "Proxy.getStateful",
        "Proxy.getSupervised",
        "Proxy.getAddToPath",
        "Proxy.getNoCancel",
        "Proxy.getProxyTimeout",
        "Proxy.getSequentialSearchTimeout",
        "Proxy.setRecordRoute",
        "Proxy.setRecurse",
        "Proxy.setParallel",
        "Proxy.setStateful",
        "Proxy.setSupervised",
        "Proxy.setAddToPath",
        "Proxy.setNoCancel",
        "Proxy.setProxyTimeout",
        "Proxy.setSequentialSearchTimeout"
    })
    @SuppressWarnings("deprecation")
    void theParametersOfAProxyHaveTheirDefaultsUntilTheyAreSet() throws Exception {
        refused(request("INVITE"), request -> {
            Proxy proxy = request.getProxy();
            assertThat(Proxy.class).isInterface();
            assertThat(proxy.getRecordRoute()).isFalse();
            assertThat(proxy.getRecurse()).isTrue();
            assertThat(proxy.getParallel()).isTrue();
            assertThat(proxy.getStateful()).isTrue();
            assertThat(proxy.getSupervised()).isTrue();
            assertThat(proxy.getAddToPath()).isFalse();
            assertThat(proxy.getNoCancel()).isFalse();
            assertThat(proxy.getProxyTimeout()).isEqualTo(180);
            proxy.setRecordRoute(true);
            proxy.setRecurse(false);
            proxy.setParallel(false);
            proxy.setStateful(false);
            proxy.setSupervised(false);
            proxy.setAddToPath(true);
            proxy.setNoCancel(true);
            proxy.setProxyTimeout(7);
            assertThat(proxy.getRecordRoute()).isTrue();
            assertThat(proxy.getRecurse()).isFalse();
            assertThat(proxy.getParallel()).isFalse();
            assertThat(proxy.getStateful()).isTrue(); // a hint, which this container does not take
            assertThat(proxy.getSupervised()).isFalse();
            assertThat(proxy.getAddToPath()).isTrue();
            assertThat(proxy.getNoCancel()).isTrue();
            assertThat(proxy.getProxyTimeout()).isEqualTo(7);
            proxy.setSequentialSearchTimeout(9);
            assertThat(proxy.getSequentialSearchTimeout()).isEqualTo(9);
            assertThatThrownBy(() -> proxy.setProxyTimeout(0)).isInstanceOf(IllegalArgumentException.class);
            proxy.setStateful(true);
            proxy.setParallel(true);
            proxy.proxyTo(uri(first));
        });
    }

    @Test
    @Proves({
        "Proxy.proxyTo-URI",
        "Proxy.getOriginalRequest",
        "SipServletResponse.getProxy",
        "SipServletResponse.getProxyBranch",
        "SipServletResponse.getRequest"
    })
    void aRequestIsProxiedToOneTarget() throws Exception {
        String invite = request("INVITE");
        ProxyBranch branch = inServlet(invite, request -> {
            Proxy proxy = request.getProxy();
            assertThat(proxy.getOriginalRequest()).isEqualTo(request);
            assertThatThrownBy(() -> proxy.proxyTo((URI) null)).isInstanceOf(NullPointerException.class);
            proxy.proxyTo(uri(first));
            return proxy.getProxyBranches().get(0);
        });
        String received = atFirst("INVITE", invite);
        assertThat(received)
                .startsWith("INVITE sip:callee@127.0.0.1:" + first.port())
                .contains("Max-Forwards: 69");
        assertThat(received).doesNotContain("Record-Route");
        first.send(first.response(received, 200, "OK", ""), container.port);
        SipServletResponse ok = Script.response(callId(invite));
        assertThat(ok.getProxy()).isSameAs(branch.getProxy());
        assertThat(ok.getProxyBranch()).isSameAs(branch);
        assertThat(ok.getRequest().getRequestURI()).isEqualTo(uri(first));
        assertThat(heard("SIP/2.0 200", invite)).contains("tag=raw-uas");
    }

    @Test
    @Proves({"Proxy.proxyTo-List", "Proxy.getProxyBranches", "Proxy.getProxyBranch", "ProxyBranch.isStarted"})
    void aRequestIsProxiedToSeveralTargetsAtOnce() throws Exception {
        String invite = request("INVITE");
        check(invite, request -> {
            Proxy proxy = request.getProxy();
            proxy.proxyTo(List.of(uri(first), uri(second)));
            assertThat(proxy.getProxyBranches()).hasSize(2).allMatch(ProxyBranch::isStarted);
            assertThat(proxy.getProxyBranch(uri(second)))
                    .isSameAs(proxy.getProxyBranches().get(1));
            assertThat(proxy.getProxyBranch(factory.createURI("sip:other@example.com")))
                    .isNull();
        });
        String one = atFirst("INVITE", invite);
        String two = atSecond("INVITE", invite);
        first.send(first.response(one, 180, "Ringing", ""), container.port);
        second.send(second.response(two, 200, "OK", ""), container.port);
        heard("SIP/2.0 200", invite);
        String cancel = atFirst("CANCEL", invite);
        first.send(first.response(cancel, 200, "OK", ""), container.port);
        first.send(first.response(one, 487, "Request Terminated", ""), container.port);
        atFirst("ACK", invite);
    }

    @Test
    @Proves({"Proxy.setParallel", "Proxy.proxyTo-List"})
    void oneTargetIsTriedAfterTheOther() throws Exception {
        String invite = request("INVITE");
        check(invite, request -> {
            Proxy proxy = request.getProxy();
            proxy.setParallel(false);
            proxy.proxyTo(List.of(uri(first), uri(second)));
        });
        String one = atFirst("INVITE", invite);
        assertThat(second.receive(300)).isNull();
        first.send(first.response(one, 404, "Not Found", ""), container.port);
        String two = atSecond("INVITE", invite);
        second.send(second.response(two, 486, "Busy Here", ""), container.port);
        assertThat(heard("SIP/2.0 4", invite)).containsAnyOf("404", "486");
    }

    @Test
    @Proves({
        "Proxy.createProxyBranches",
        "Proxy.startProxy",
        "ProxyBranch",
        "ProxyBranch.isStarted",
        "ProxyBranch.getProxy",
        "ProxyBranch.getRequest",
        "ProxyBranch.getResponse"
    })
    void branchesAreMadeFirstAndStartedTogether() throws Exception {
        String invite = request("INVITE");
        ProxyBranch branch = inServlet(invite, request -> {
            Proxy proxy = request.getProxy();
            List<ProxyBranch> branches = proxy.createProxyBranches(List.of(uri(first)));
            assertThat(ProxyBranch.class).isInterface();
            assertThat(branches).hasSize(1);
            assertThat(branches.get(0).isStarted()).isFalse();
            assertThat(branches.get(0).getProxy()).isSameAs(proxy);
            assertThat(branches.get(0).getResponse()).isNull();
            assertThat(proxy.getProxyBranches()).isEqualTo(branches);
            branches.get(0).getRequest().setHeader("X-Branch", "1");
            proxy.startProxy();
            assertThat(branches.get(0).isStarted()).isTrue();
            return branches.get(0);
        });
        String received = atFirst("INVITE", invite);
        assertThat(received).contains("X-Branch: 1");
        first.send(first.response(received, 180, "Ringing", ""), container.port);
        SipServletResponse ringing = Script.response(callId(invite));
        assertThat(branch.getResponse().getStatus()).isEqualTo(180);
        assertThat(branch.getRequest()).isEqualTo(ringing.getRequest());
        first.send(first.response(received, 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 486", invite);
        assertThat(branch.getResponse().getStatus()).isEqualTo(486);
    }

    @Test
    @Proves({"Proxy.setRecurse", "ProxyBranch.getRecurse"})
    void aRedirectionIsFollowedUnlessRecursionIsOff() throws Exception {
        for (boolean recurse : new boolean[] {true, false}) {
            String invite = request("INVITE");
            ProxyBranch branch = inServlet(invite, request -> {
                Proxy proxy = request.getProxy();
                proxy.setRecurse(recurse);
                proxy.proxyTo(uri(first));
                return proxy.getProxyBranches().get(0);
            });
            assertThat(branch.getRecurse()).isEqualTo(recurse);
            assertThat(branch.getRecursedProxyBranches()).isEmpty();
            String received = atFirst("INVITE", invite);
            first.send(
                    first.response(received, 302, "Moved", "")
                            .replaceAll("Contact: .*", "Contact: <" + uri(second) + ">"),
                    container.port);
            if (recurse) {
                String followed = atSecond("INVITE", invite);
                second.send(second.response(followed, 486, "Busy Here", ""), container.port);
                heard("SIP/2.0 486", invite);
            } else {
                heard("SIP/2.0 302", invite);
            }
        }
    }

    @Test
    @Proves({"Proxy.setSupervised", "SipServletResponse.isBranchResponse"})
    void anUnsupervisedProxyDoesNotSeeItsResponses() throws Exception {
        String invite = request("INVITE");
        refused(invite, request -> {
            request.getProxy().setSupervised(false);
            request.getProxy().proxyTo(uri(first));
        });
        String watched = request("INVITE");
        CompletableFuture<Boolean> intermediate =
                Script.onResponse(callId(watched), 486, SipServletResponse::isBranchResponse);
        refused(watched, request -> request.getProxy().proxyTo(uri(first)));
        assertThat(result(intermediate)).isTrue();
        SipServletResponse best = Script.response(callId(watched));
        assertThat(best.isBranchResponse()).isFalse();
        assertThat(best.getStatus()).isEqualTo(486);
        assertThat(Script.count(callId(invite))).isZero();
    }

    @Test
    @Proves("ProxyBranch.getRecursedProxyBranches")
    void aBranchKnowsTheBranchesThatItsRedirectionMade() throws Exception {
        String invite = request("INVITE");
        ProxyBranch branch = inServlet(invite, request -> {
            request.getProxy().proxyTo(uri(first));
            return request.getProxy().getProxyBranches().get(0);
        });
        String redirection = first.response(atFirst("INVITE", invite), 302, "Moved", "");
        first.send(redirection.replaceAll("Contact: .*", "Contact: <" + uri(second) + ">"), container.port);
        String followed = atSecond("INVITE", invite);
        assertThat(branch.getRecursedProxyBranches()).singleElement().satisfies(child -> assertThat(
                        child.getRequest().getRequestURI())
                .isEqualTo(uri(second)));
        second.send(second.response(followed, 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 486", invite);
    }
}
