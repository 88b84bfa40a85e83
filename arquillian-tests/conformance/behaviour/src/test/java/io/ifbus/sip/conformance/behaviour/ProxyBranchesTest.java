// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.container.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.SipServletRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The branches of a proxy, their settings, redirection, time-out and end (JSR 289 sections 10.2.1, 10.2.4, 10.2.5). */
class ProxyBranchesTest {
    @RegisterExtension
    static final Exchange exchange = Exchange.usual();

    private static final Duration A_WHILE = Duration.ofMillis(400);

    private Script script;
    private Phone alice;
    private Phone bob;
    private Phone carol;
    private Phone dave;

    @BeforeEach
    void scene() {
        script = exchange.script();
        alice = exchange.phone("alice");
        bob = exchange.phone("bob");
        carol = exchange.phone("carol");
        dave = exchange.phone("dave");
    }

    private static String contact(Phone phone) {
        return "<" + phone.uri() + ">";
    }

    @Test
    @Proves("J-10.2.1-a")
    void branchesRingOnlyWhenTheProxyIsStarted() throws Exception {
        AtomicReference<Proxy> made = new AtomicReference<>();
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            List<ProxyBranch> branches = proxy.createProxyBranches(List.of(exchange.uri(bob), exchange.uri(carol)));
            assertThat(branches).hasSize(2).noneMatch(ProxyBranch::isStarted);
            assertThat(proxy.getProxyBranches()).containsExactlyElementsOf(branches);
            assertThat(proxy.getProxyBranch(exchange.uri(bob))).isSameAs(branches.get(0));
            assertThat(proxy.getProxyBranch(exchange.uri(carol))).isSameAs(branches.get(1));
            made.set(proxy);
        });
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        bob.hearsNo("INVITE", A_WHILE);

        exchange.inOrder(invite.getApplicationSession(), () -> {
            made.get().startProxy();
            return null;
        });
        Message atBob = bob.hears("INVITE");
        carol.hears("INVITE");
        bob.answers(atBob, 180);
        alice.hears(180);
        ProxyBranch toBob = made.get().getProxyBranch(exchange.uri(bob));
        assertThat(toBob.isStarted()).isTrue();
        assertThat(toBob.getRequest().getRequestURI().toString()).isEqualTo(bob.uri());
        assertThat(toBob.getResponse().getStatus()).isEqualTo(180);
    }

    @Test
    @Proves("J-10.2.1-b")
    void aBranchMayRecordItsRouteAndAnotherNot() {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            List<ProxyBranch> branches = proxy.createProxyBranches(List.of(exchange.uri(bob), exchange.uri(carol)));
            branches.get(0).setRecordRoute(true);
            proxy.startProxy();
        });
        alice.invites();
        assertThat(bob.hears("INVITE").header("Record-Route")).isNotNull().contains(":" + exchange.port());
        assertThat(carol.hears("INVITE").header("Record-Route")).isNull();
    }

    @Test
    @Proves("J-10.2.1-b")
    void aBranchMayAddItselfToThePathAndAnotherNot() {
        script.onRequest("doRegister", register -> {
            Proxy proxy = register.getProxy();
            List<ProxyBranch> branches = proxy.createProxyBranches(List.of(exchange.uri(bob), exchange.uri(carol)));
            branches.get(0).setAddToPath(true);
            proxy.startProxy();
        });
        alice.request("REGISTER").header("Supported", "path").send();
        assertThat(bob.hears("REGISTER").header("Path")).isNotNull().contains(":" + exchange.port());
        assertThat(carol.hears("REGISTER").header("Path")).isNull();
    }

    @Test
    @Proves("J-10.2.1-b")
    void aBranchMayTimeOutEarlierThanItsProxy() {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            List<ProxyBranch> branches = proxy.createProxyBranches(List.of(exchange.uri(bob), exchange.uri(carol)));
            branches.get(0).setProxyBranchTimeout(1);
            assertThat(branches.get(1).getProxyBranchTimeout()).isEqualTo(180);
            proxy.startProxy();
        });
        alice.invites();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        bob.answers(atBob, 180);
        carol.answers(atCarol, 180);
        bob.answers(bob.hears("CANCEL"), 200);
        bob.answers(atBob, 487);
        carol.hearsNo("CANCEL", A_WHILE);
        carol.accepts(atCarol);
        alice.hears(200, "INVITE");
    }

    @Test
    @Proves("J-10.2.4-f")
    void aParallelSearchEndsInCancelAnd408() {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            proxy.setProxyTimeout(1);
            proxy.proxyTo(List.of(exchange.uri(bob), exchange.uri(carol)));
        });
        alice.invites();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        carol.answers(carol.hears("INVITE"), 180);
        assertThat(Duration.ofNanos(bob.hears("CANCEL").at() - atBob.at())).isGreaterThan(Duration.ofMillis(900));
        carol.hears("CANCEL");
        alice.hears(408);
    }

    @Test
    @Proves("J-10.2.4-f")
    void aSequentialBranchEndsInCancelAndTheLastIn408() {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            proxy.setParallel(false);
            proxy.setProxyTimeout(1);
            proxy.proxyTo(List.of(exchange.uri(bob), exchange.uri(carol)));
        });
        alice.invites();
        bob.answers(bob.hears("INVITE"), 180);
        bob.hears("CANCEL");
        Message atCarol = carol.hears("INVITE");
        carol.answers(atCarol, 180);
        assertThat(Duration.ofNanos(carol.hears("CANCEL").at() - atCarol.at())).isGreaterThan(Duration.ofMillis(900));
        alice.hears(408);
    }

    @Test
    void aCancelledSequenceStartsNoFurtherBranch() throws Exception {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            proxy.setParallel(false);
            proxy.proxyTo(List.of(exchange.uri(bob), exchange.uri(carol)));
        });
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        Message atBob = bob.hears("INVITE");
        bob.answers(atBob, 180);
        script.gets("doProvisionalResponse");
        exchange.inOrder(invite.getApplicationSession(), () -> {
            invite.getProxy().cancel();
            return null;
        });
        bob.answers(bob.hears("CANCEL"), 200);
        bob.answers(atBob, 487);
        alice.hears(487);
        carol.hearsNo("INVITE", A_WHILE);
    }

    @Test
    void theApplicationCancelsOneBranchAlone() throws Exception {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            proxy.proxyTo(List.of(exchange.uri(bob), exchange.uri(carol)));
        });
        alice.invites();
        SipServletRequest invite = script.gets("doInvite").request();
        Message atBob = bob.hears("INVITE");
        Message atCarol = carol.hears("INVITE");
        bob.answers(atBob, 180);
        script.gets("doProvisionalResponse");
        exchange.inOrder(invite.getApplicationSession(), () -> {
            invite.getProxy()
                    .getProxyBranch(exchange.uri(bob))
                    .cancel(new String[] {"SIP"}, new int[] {200}, new String[] {"Elsewhere"});
            return null;
        });
        assertThat(bob.hears("CANCEL").header("Reason")).contains("cause=200", "text=\"Elsewhere\"");
        bob.answers(atBob, 487);
        carol.hearsNo("CANCEL", A_WHILE);
        carol.accepts(atCarol);
        alice.hears(200);
    }

    @Test
    @Proves("J-10.2.1-b")
    void aBranchMayFollowRedirectionAndAnotherNot() {
        script.onRequest("doInvite", invite -> {
            Proxy proxy = invite.getProxy();
            List<ProxyBranch> branches = proxy.createProxyBranches(List.of(exchange.uri(bob), exchange.uri(carol)));
            branches.get(0).setRecurse(false);
            proxy.startProxy();
        });
        alice.invites();
        bob.answer(bob.hears("INVITE"), 302).header("Contact", contact(dave)).send();
        dave.hearsNo("INVITE", A_WHILE);
        carol.answer(carol.hears("INVITE"), 302)
                .header("Contact", contact(dave))
                .send();
        dave.accepts(dave.hears("INVITE"));
        alice.hears(200);
    }

    @Test
    @Proves("J-10.2.1-c")
    void aRedirectionIsFollowedAndItsBranchesAreASubTree() {
        AtomicReference<Proxy> made = new AtomicReference<>();
        script.onRequest("doInvite", invite -> {
            made.set(invite.getProxy());
            invite.getProxy().proxyTo(exchange.uri(bob));
        });
        alice.invites();
        bob.answer(bob.hears("INVITE"), 302)
                .header("Contact", contact(carol))
                .header("Contact", contact(dave))
                .send();
        Message atCarol = carol.hears("INVITE");
        Message atDave = dave.hears("INVITE");
        assertThat(atCarol.requestUri()).isEqualTo(carol.uri());
        assertThat(atDave.requestUri()).isEqualTo(dave.uri());
        assertThat(made.get().getProxyBranches()).hasSize(1);
        assertThat(made.get().getProxyBranches().get(0).getRecursedProxyBranches())
                .extracting(branch -> branch.getRequest().getRequestURI().toString())
                .containsExactlyInAnyOrder(carol.uri(), dave.uri());
        carol.answers(atCarol, 486);
        dave.accepts(atDave);
        alice.hears(200);
        assertThat(alice.heard()).noneMatch(message -> message.status() == 302);
    }
}
