// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import java.util.List;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProxyBranchApiTest extends ApiScene {
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

    private static String at(RawPeer target, String start, String message) {
        return target.await(start, callId(message));
    }

    /** An INVITE of the peer that is proxied to both targets, which ring. */
    private record Ringing(String invite, Proxy proxy, String atFirst, String atSecond) {
        /** Answers the CANCEL at that target and the INVITE with 487. */
        void cancelled(RawPeer target) {
            String cancel = at(target, "CANCEL", invite);
            target.send(target.response(cancel, 200, "OK", ""), container.port);
            String received = target == first ? atFirst : atSecond;
            target.send(target.response(received, 487, "Request Terminated", ""), container.port);
            at(target, "ACK", invite);
        }
    }

    private static Ringing ringing() throws Exception {
        String invite = request("INVITE");
        Proxy proxy = inServlet(invite, request -> {
            request.getProxy().proxyTo(List.of(uri(first), uri(second)));
            return request.getProxy();
        });
        String atFirst = at(first, "INVITE", invite);
        String atSecond = at(second, "INVITE", invite);
        first.send(first.response(atFirst, 180, "Ringing", ""), container.port);
        second.send(second.response(atSecond, 180, "Ringing", ""), container.port);
        assertThat(Script.response(callId(invite)).getStatus()).isEqualTo(180);
        assertThat(Script.response(callId(invite)).getStatus()).isEqualTo(180);
        return new Ringing(invite, proxy, atFirst, atSecond);
    }

    @Test
    @Proves("Proxy.cancel")
    void aProxyCancelsAllItsBranches() throws Exception {
        Ringing call = ringing();
        call.proxy.cancel();
        call.cancelled(first);
        call.cancelled(second);
        heard("SIP/2.0 487", call.invite);
    }

    @Test
    @Proves("ProxyBranch.cancel")
    void aBranchIsCancelledAlone() throws Exception {
        Ringing call = ringing();
        call.proxy.getProxyBranch(uri(first)).cancel();
        call.cancelled(first);
        second.send(second.response(call.atSecond, 486, "Busy Here", ""), container.port);
        assertThat(heard("SIP/2.0 4", call.invite)).containsAnyOf("486", "487");
    }

    @Test
    @Proves({"ProxyBranch.cancel", "ProxyBranch.cancel-Strings-ints-Strings"})
    void aBranchThatHasEndedCannotBeCancelled() throws Exception {
        String invite = request("INVITE");
        ProxyBranch branch = inServlet(invite, request -> {
            request.getProxy().proxyTo(uri(first));
            return request.getProxy().getProxyBranches().get(0);
        });
        first.send(first.response(at(first, "INVITE", invite), 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 486", invite);
        assertThatThrownBy(branch::cancel).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> branch.cancel(new String[] {"SIP"}, new int[] {200}, new String[] {"x"}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Proves("ProxyBranch.cancel-Strings-ints-Strings")
    void aBranchIsCancelledWithAReason() throws Exception {
        Ringing call = ringing();
        call.proxy.getProxyBranch(uri(first)).cancel(new String[] {"SIP"}, new int[] {200}, new String[] {"elsewhere"});
        String cancel = at(first, "CANCEL", call.invite);
        assertThat(RawPeer.header(cancel, "Reason")).contains("SIP", "cause=200", "elsewhere");
        first.send(first.response(cancel, 200, "OK", ""), container.port);
        first.send(first.response(call.atFirst, 487, "Request Terminated", ""), container.port);
        second.send(second.response(call.atSecond, 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 4", call.invite);
    }

    /** Proxies an INVITE by a branch that the work sets up; it is refused by the first target. */
    private static String branch(String request, Check<ProxyBranch> work) throws Exception {
        check(request, incoming -> {
            Proxy proxy = incoming.getProxy();
            ProxyBranch branch = proxy.createProxyBranches(List.of(uri(first))).get(0);
            work.on(branch);
            proxy.startProxy();
        });
        String received = at(first, request.substring(0, request.indexOf(' ')), request);
        first.send(first.response(received, 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 486", request);
        return received;
    }

    @Test
    @Proves({
        "ProxyBranch.getRecurse",
        "ProxyBranch.setRecurse",
        "ProxyBranch.getProxyBranchTimeout",
        "ProxyBranch.setProxyBranchTimeout"
    })
    void aBranchTakesItsParametersFromTheProxyUntilTheyAreSet() throws Exception {
        branch(request("INVITE"), branch -> {
            assertThat(branch.getRecurse()).isTrue();
            branch.setRecurse(false);
            assertThat(branch.getRecurse()).isFalse();
            assertThat(branch.getProxyBranchTimeout()).isEqualTo(180);
            branch.setProxyBranchTimeout(7);
            assertThat(branch.getProxyBranchTimeout()).isEqualTo(7);
        });
    }

    @Test
    @Proves({"ProxyBranch.getRecordRoute", "ProxyBranch.setRecordRoute"})
    void aBranchRecordsTheRoute() throws Exception {
        String received = branch(request("INVITE"), branch -> {
            assertThat(branch.getRecordRoute()).isFalse();
            assertThatThrownBy(branch::getRecordRouteURI).isInstanceOf(IllegalStateException.class);
            branch.setRecordRoute(true);
            assertThat(branch.getRecordRoute()).isTrue();
        });
        assertThat(RawPeer.header(received, "Record-Route")).contains("127.0.0.1:" + container.port);
    }

    @Test
    @Proves({"ProxyBranch.getAddToPath", "ProxyBranch.setAddToPath"})
    void aBranchAddsAPath() throws Exception {
        String received = branch(request("REGISTER"), branch -> {
            assertThat(branch.getAddToPath()).isFalse();
            assertThatThrownBy(branch::getPathURI).isInstanceOf(IllegalStateException.class);
            branch.setAddToPath(true);
            assertThat(branch.getAddToPath()).isTrue();
            assertThat(branch.getPathURI()).isNotNull();
        });
        assertThat(RawPeer.header(received, "Path")).contains("127.0.0.1:" + container.port);
    }

    @Test
    @Proves("ProxyBranch.setProxyBranchTimeout")
    void aBranchThatDoesNotAnswerInItsTimeIsCancelled() throws Exception {
        String invite = request("INVITE");
        check(invite, incoming -> {
            Proxy proxy = incoming.getProxy();
            proxy.createProxyBranches(List.of(uri(first))).get(0).setProxyBranchTimeout(1);
            proxy.startProxy();
        });
        String received = at(first, "INVITE", invite);
        first.send(first.response(received, 180, "Ringing", ""), container.port);
        String cancel = at(first, "CANCEL", invite);
        first.send(first.response(cancel, 200, "OK", ""), container.port);
        first.send(first.response(received, 487, "Request Terminated", ""), container.port);
        heard("SIP/2.0 4", invite);
    }

    @Test
    @Proves("Proxy.setProxyTimeout")
    void aSequentialProxyGoesOnWhenTheTimeIsOver() throws Exception {
        String invite = request("INVITE");
        check(invite, incoming -> {
            Proxy proxy = incoming.getProxy();
            proxy.setParallel(false);
            proxy.setProxyTimeout(1);
            proxy.proxyTo(List.of(uri(first), uri(second)));
        });
        String received = at(first, "INVITE", invite);
        first.send(first.response(received, 180, "Ringing", ""), container.port);
        String cancel = at(first, "CANCEL", invite);
        first.send(first.response(cancel, 200, "OK", ""), container.port);
        first.send(first.response(received, 487, "Request Terminated", ""), container.port);
        String next = at(second, "INVITE", invite);
        second.send(second.response(next, 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 48", invite);
    }

    @Test
    @Proves("Proxy.setNoCancel")
    void withoutCancellingTheOtherBranchesGoOn() throws Exception {
        String invite = request("INVITE");
        check(invite, request -> {
            request.getProxy().setNoCancel(true);
            request.getProxy().proxyTo(List.of(uri(first), uri(second)));
        });
        String atFirst = at(first, "INVITE", invite);
        String atSecond = at(second, "INVITE", invite);
        first.send(first.response(atFirst, 180, "Ringing", "").replace("tag=raw-uas", "tag=one"), container.port);
        Script.response(callId(invite));
        second.send(second.response(atSecond, 200, "OK", "").replace("tag=raw-uas", "tag=two"), container.port);
        assertThat(heard("SIP/2.0 200", invite)).contains("tag=two");
        for (String next = first.receive(500); next != null; next = first.receive(500)) {
            assertThat(next.startsWith("CANCEL") && next.contains(callId(invite) + "\r\n"))
                    .isFalse();
        }
        first.send(first.response(atFirst, 200, "OK", "").replace("tag=raw-uas", "tag=one"), container.port);
        assertThat(heard("SIP/2.0 200", invite)).contains("tag=one");
    }

    @Test
    @Proves("ProxyBranch.setRecurse")
    void aBranchWithoutRecursionPassesTheRedirectionOn() throws Exception {
        String invite = request("INVITE");
        check(invite, incoming -> {
            Proxy proxy = incoming.getProxy();
            proxy.createProxyBranches(List.of(uri(first))).get(0).setRecurse(false);
            proxy.startProxy();
        });
        String redirection = first.response(at(first, "INVITE", invite), 302, "Moved", "");
        first.send(redirection.replaceAll("Contact: .*", "Contact: <" + uri(second) + ">"), container.port);
        heard("SIP/2.0 302", invite);
    }

    @Test
    @Proves("ProxyBranch.setRecordRoute")
    void aBranchThatHasStartedCannotBeginToRecordTheRoute() throws Exception {
        String invite = request("INVITE");
        check(invite, incoming -> {
            Proxy proxy = incoming.getProxy();
            ProxyBranch branch = proxy.createProxyBranches(List.of(uri(first))).get(0);
            proxy.startProxy();
            assertThatThrownBy(() -> branch.setRecordRoute(true)).isInstanceOf(IllegalStateException.class);
        });
        first.send(first.response(at(first, "INVITE", invite), 486, "Busy Here", ""), container.port);
        heard("SIP/2.0 486", invite);
    }

    @Test
    @Proves("Proxy.cancel-Strings-ints-Strings")
    void aProxyCancelsItsBranchesWithAReason() throws Exception {
        Ringing call = ringing();
        call.proxy.cancel(new String[] {"SIP", "Q.850"}, new int[] {200, 16}, new String[] {"elsewhere", "clear"});
        for (RawPeer target : List.of(first, second)) {
            String cancel = at(target, "CANCEL", call.invite);
            assertThat(cancel).contains("SIP", "cause=200", "elsewhere", "Q.850", "cause=16");
            assertThat(RawPeer.header(cancel, "Reason")).isNotNull();
            target.send(target.response(cancel, 200, "OK", ""), container.port);
            target.send(
                    target.response(target == first ? call.atFirst : call.atSecond, 487, "Request Terminated", ""),
                    container.port);
        }
        heard("SIP/2.0 487", call.invite);
    }

    @Test
    @Proves("ProxyBranch.getRecordRouteURI")
    void theRecordedRouteOfABranchCarriesParametersOfTheApplication() throws Exception {
        String received = branch(request("INVITE"), branch -> {
            branch.setRecordRoute(true);
            branch.getRecordRouteURI().setParameter("state", "7");
        });
        assertThat(RawPeer.header(received, "Record-Route")).contains(";state=7");
    }

    @Test
    @Proves("ProxyBranch.getPathURI")
    void thePathOfABranchCarriesParametersOfTheApplication() throws Exception {
        String received = branch(request("REGISTER"), branch -> {
            branch.setAddToPath(true);
            branch.getPathURI().setParameter("state", "7");
        });
        assertThat(RawPeer.header(received, "Path")).contains(";state=7");
    }
}
