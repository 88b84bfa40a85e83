// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** Notes the method that got a message, and what that method does by itself is left to SipServlet. */
class Noting extends SipServlet {
    private static final long serialVersionUID = 1L;
    static final List<String> CALLED = new CopyOnWriteArrayList<>();

    static void note(String method, SipServletRequest request) {
        CALLED.add(method + ' ' + request.getMethod() + ' ' + request.getCallId());
    }

    static void note(String method, SipServletResponse response) {
        CALLED.add(method + ' ' + response.getStatus() + ' ' + response.getCallId());
    }

    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        note("doRequest", request);
        super.doRequest(request);
    }

    @Override
    protected void doResponse(SipServletResponse response) throws ServletException, IOException {
        note("doResponse", response);
        super.doResponse(response);
    }

    @Override
    protected void doAck(SipServletRequest request) throws ServletException, IOException {
        note("doAck", request);
        super.doAck(request);
    }

    @Override
    protected void doBye(SipServletRequest request) throws ServletException, IOException {
        note("doBye", request);
        super.doBye(request);
    }

    @Override
    protected void doCancel(SipServletRequest request) throws ServletException, IOException {
        note("doCancel", request);
        super.doCancel(request);
    }

    @Override
    protected void doInfo(SipServletRequest request) throws ServletException, IOException {
        note("doInfo", request);
        super.doInfo(request);
    }

    @Override
    protected void doInvite(SipServletRequest request) throws ServletException, IOException {
        note("doInvite", request);
        super.doInvite(request);
    }

    @Override
    protected void doMessage(SipServletRequest request) throws ServletException, IOException {
        note("doMessage", request);
        super.doMessage(request);
    }

    @Override
    protected void doNotify(SipServletRequest request) throws ServletException, IOException {
        note("doNotify", request);
        super.doNotify(request);
    }

    @Override
    protected void doOptions(SipServletRequest request) throws ServletException, IOException {
        note("doOptions", request);
        super.doOptions(request);
    }

    @Override
    protected void doPrack(SipServletRequest request) throws ServletException, IOException {
        note("doPrack", request);
        super.doPrack(request);
    }

    @Override
    protected void doPublish(SipServletRequest request) throws ServletException, IOException {
        note("doPublish", request);
        super.doPublish(request);
    }

    @Override
    protected void doRefer(SipServletRequest request) throws ServletException, IOException {
        note("doRefer", request);
        super.doRefer(request);
    }

    @Override
    protected void doRegister(SipServletRequest request) throws ServletException, IOException {
        note("doRegister", request);
        super.doRegister(request);
    }

    @Override
    protected void doSubscribe(SipServletRequest request) throws ServletException, IOException {
        note("doSubscribe", request);
        super.doSubscribe(request);
    }

    @Override
    protected void doUpdate(SipServletRequest request) throws ServletException, IOException {
        note("doUpdate", request);
        super.doUpdate(request);
    }

    @Override
    protected void doBranchResponse(SipServletResponse response) throws ServletException, IOException {
        note("doBranchResponse", response);
        super.doBranchResponse(response);
    }

    @Override
    protected void doErrorResponse(SipServletResponse response) throws ServletException, IOException {
        note("doErrorResponse", response);
        super.doErrorResponse(response);
    }

    @Override
    protected void doProvisionalResponse(SipServletResponse response) throws ServletException, IOException {
        note("doProvisionalResponse", response);
        super.doProvisionalResponse(response);
    }

    @Override
    protected void doRedirectResponse(SipServletResponse response) throws ServletException, IOException {
        note("doRedirectResponse", response);
        super.doRedirectResponse(response);
    }

    @Override
    protected void doSuccessResponse(SipServletResponse response) throws ServletException, IOException {
        note("doSuccessResponse", response);
        super.doSuccessResponse(response);
    }
}
