// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.container.RawPeer;
import io.ifbus.sip.container.TestServer;
import jakarta.servlet.GenericServlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which method of a servlet gets which message. */
class SipServletApiTest extends ApiScene {
    /** The same, and answers an INVITE: 200, a reliable 180, or by proxying it. */
    public static final class Answering extends Noting {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doInvite(SipServletRequest invite) throws ServletException, IOException {
            Noting.note("doInvite", invite);
            String target = invite.getHeader("X-Target");
            if (target != null) {
                invite.getProxy().proxyTo(factory.createURI(target));
            } else if (invite.getHeader("Supported") != null) {
                invite.createResponse(180).sendReliably();
            } else {
                invite.createResponse(200).send();
            }
        }

        @Override
        protected void doSuccessResponse(SipServletResponse ok) throws ServletException, IOException {
            Noting.note("doSuccessResponse", ok);
            if ("INVITE".equals(ok.getMethod()) && ok.getProxy() == null) {
                ok.createAck().send();
            }
        }
    }

    @BeforeAll
    static void open() throws Exception { // instead of the usual one
        open(SharedServer.own(() -> new TestServer(Answering.class)));
    }

    private static void called(String... names) {
        await().untilAsserted(() -> assertThat(Noting.CALLED).contains(names));
    }

    @Test
    @Proves({
        "SipServlet",
        "SipServlet.service",
        "SipServlet.doRequest",
        "SipServlet.doOptions",
        "SipServlet.doRegister",
        "SipServlet.doSubscribe",
        "SipServlet.doMessage",
        "SipServlet.doRefer",
        "SipServlet.doPublish"
    })
    void eachMethodHasItsOwnAndRefusesWhatNobodyHandles() {
        assertThat(SipServlet.class).isAbstract().isAssignableTo(GenericServlet.class);
        List<String> notImplemented = List.of("SUBSCRIBE", "MESSAGE", "PUBLISH");
        for (String method : List.of("OPTIONS", "REGISTER", "SUBSCRIBE", "MESSAGE", "REFER", "PUBLISH")) {
            String request = with(request(method), "Event: presence", "Refer-To: <sip:a@example.com>", "Expires: 60");
            peer.send(request, container.port);
            assertThat(heard("SIP/2.0", request))
                    .as(method)
                    .startsWith(notImplemented.contains(method) ? "SIP/2.0 501" : "SIP/2.0 500");
            called("doRequest " + method + ' ' + callId(request), name(method) + ' ' + method + ' ' + callId(request));
        }
    }

    private static String name(String method) {
        return "do" + method.charAt(0) + method.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    @Proves({
        "SipServlet.doInvite",
        "SipServlet.doAck",
        "SipServlet.doInfo",
        "SipServlet.doUpdate",
        "SipServlet.doNotify",
        "SipServlet.doBye"
    })
    void theRequestsOfACallHaveTheirOwnMethods() {
        String invite = request("INVITE");
        peer.send(invite, container.port);
        String tag = RawPeer.toTag(heard("SIP/2.0 200", invite));
        peer.send(peer.request("ACK", container.port, callId(invite), tag, 1, ""), container.port);
        called("doAck ACK " + callId(invite));
        int cseq = 2;
        for (String method : List.of("INFO", "UPDATE", "NOTIFY", "BYE")) {
            String request = peer.request(method, container.port, callId(invite), tag, cseq, "");
            peer.send(with(request, "Event: refer", "Subscription-State: terminated"), container.port);
            cseq++;
            called(name(method) + ' ' + method + ' ' + callId(invite));
        }
        called("doInvite INVITE " + callId(invite));
    }

    @Test
    @Proves({"SipServlet.doCancel", "SipServlet.doPrack"})
    void cancelAndPrackHaveTheirOwnMethods() {
        String invite = request("INVITE", "Supported: 100rel");
        peer.send(invite, container.port);
        String ringing = heard("SIP/2.0 180", invite);
        String prack = peer.request("PRACK", container.port, callId(invite), RawPeer.toTag(ringing), 2, "");
        peer.send(with(prack, "RAck: " + RawPeer.header(ringing, "RSeq") + " 1 INVITE"), container.port);
        called("doPrack PRACK " + callId(invite));
        peer.send(
                invite.replace("INVITE sip:", "CANCEL sip:").replace("CSeq: 1 INVITE", "CSeq: 1 CANCEL"),
                container.port);
        heard("SIP/2.0 487", invite);
        called("doCancel CANCEL " + callId(invite));
    }

    @Test
    @Proves({
        "SipServlet.service",
        "SipServlet.doResponse",
        "SipServlet.doProvisionalResponse",
        "SipServlet.doSuccessResponse",
        "SipServlet.doRedirectResponse",
        "SipServlet.doErrorResponse"
    })
    void aResponseGoesByItsClass() throws Exception {
        for (int status : new int[] {183, 200, 302, 404, 503, 603}) {
            SipServletRequest invite = outgoing("INVITE");
            invite.send();
            String received = heard("INVITE", invite);
            peer.send(peer.response(received, status, "Whatever", ""), container.port);
            String name = status < 200
                    ? "doProvisionalResponse"
                    : status < 300 ? "doSuccessResponse" : status < 400 ? "doRedirectResponse" : "doErrorResponse";
            called("doResponse " + status + ' ' + invite.getCallId(), name + ' ' + status + ' ' + invite.getCallId());
            assertThat(Noting.CALLED.stream()
                            .filter(call -> call.endsWith(' ' + invite.getCallId()) && !call.startsWith("doResponse")))
                    .hasSize(1);
        }
    }

    @Test
    @Proves("SipServlet.doBranchResponse")
    void anIntermediateResponseOfAProxyGoesByItsBranch() throws Exception {
        try (RawPeer callee = new RawPeer()) {
            String invite = request("INVITE", "X-Target: sip:a@127.0.0.1:" + callee.port());
            peer.send(invite, container.port);
            callee.send(callee.response(callee.await("INVITE"), 404, "Not Found", ""), container.port);
            heard("SIP/2.0 404", invite);
            called("doBranchResponse 404 " + callId(invite), "doErrorResponse 404 " + callId(invite));
            assertThat(Noting.CALLED.indexOf("doBranchResponse 404 " + callId(invite)))
                    .isLessThan(Noting.CALLED.indexOf("doErrorResponse 404 " + callId(invite)));
        }
    }

    @Test
    @Proves("SipServlet")
    @SuppressWarnings("deprecation") // one of the seven
    void theContextAttributesHaveTheirNames() throws Exception {
        assertThat(SipServlet.OUTBOUND_INTERFACES).isEqualTo("javax.servlet.sip.outboundInterfaces");
        assertThat(SipServlet.SIP_FACTORY).isEqualTo("javax.servlet.sip.SipFactory");
        assertThat(SipServlet.SIP_SESSIONS_UTIL).isEqualTo("javax.servlet.sip.SipSessionsUtil");
        assertThat(SipServlet.SUPPORTED).isEqualTo("javax.servlet.sip.supported");
        assertThat(SipServlet.SUPPORTED_RFCs).isEqualTo("javax.servlet.sip.supportedRfcs");
        assertThat(SipServlet.PRACK_SUPPORTED).isEqualTo("javax.servlet.sip.100rel");
        assertThat(SipServlet.TIMER_SERVICE).isEqualTo("javax.servlet.sip.TimerService");
        assertThat(SipServlet.class.getFields()).hasSize(7);
        ServletContext context = outgoing("OPTIONS").getSession().getServletContext();
        assertThat(context.getAttribute(SipServlet.SIP_FACTORY)).isSameAs(factory);
        assertThat(context.getAttribute(SipServlet.TIMER_SERVICE)).isSameAs(container.application.timerService());
        assertThat(context.getAttribute(SipServlet.SIP_SESSIONS_UTIL))
                .isSameAs(container.application.sipSessionsUtil());
        assertThat((List<?>) context.getAttribute(SipServlet.SUPPORTED)).isNotEmpty();
        assertThat((List<?>) context.getAttribute(SipServlet.SUPPORTED_RFCs)).isNotEmpty();
        assertThat((List<?>) context.getAttribute(SipServlet.OUTBOUND_INTERFACES))
                .isNotEmpty();
    }

    @Test
    @Proves({"SipServlet.log-String", "SipServlet.log-String-Throwable"})
    void aServletLogsToItsContext() throws Exception {
        List<Object> logged = new CopyOnWriteArrayList<>();
        ServletContext context = (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (p, m, args) -> {
                    logged.add(m.getName());
                    logged.addAll(List.of(args));
                    return null;
                });
        SipServlet servlet = new Noting();
        servlet.init(config(context));
        Throwable cause = new IllegalStateException("cause");
        servlet.log("first");
        servlet.log("second", cause);
        assertThat(logged).containsExactly("log", "first", "log", "second", cause);
    }

    private static ServletConfig config(ServletContext context) {
        return (ServletConfig) Proxy.newProxyInstance(
                SipServletApiTest.class.getClassLoader(), new Class<?>[] {ServletConfig.class}, (p, m, args) -> {
                    assertThat(m.getName()).isEqualTo("getServletContext");
                    return context;
                });
    }
}
