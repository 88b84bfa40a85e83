// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import jakarta.servlet.ServletException;
import java.io.IOException;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** The servlet of the stories: it does at each method what the {@link Script} says. */
public class Attendant extends SipServlet {
    private static final long serialVersionUID = 1L;
    static volatile Script script = Script.EMPTY;

    private void play(String hook, Object subject) throws ServletException, IOException {
        try {
            script.play(hook, getServletName(), subject);
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void init() throws ServletException {
        try {
            play("init", this);
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    @Override
    public void destroy() {
        try {
            play("destroy", this);
        } catch (ServletException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every request, before its own hook. */
    @Override
    protected void doRequest(SipServletRequest request) throws ServletException, IOException {
        play("doRequest", request);
        super.doRequest(request);
    }

    @Override
    protected void doInvite(SipServletRequest request) throws ServletException, IOException {
        play("doInvite", request);
    }

    @Override
    protected void doAck(SipServletRequest request) throws ServletException, IOException {
        play("doAck", request);
    }

    @Override
    protected void doBye(SipServletRequest request) throws ServletException, IOException {
        play("doBye", request);
    }

    @Override
    protected void doCancel(SipServletRequest request) throws ServletException, IOException {
        play("doCancel", request);
    }

    @Override
    protected void doOptions(SipServletRequest request) throws ServletException, IOException {
        play("doOptions", request);
    }

    @Override
    protected void doRegister(SipServletRequest request) throws ServletException, IOException {
        play("doRegister", request);
    }

    @Override
    protected void doInfo(SipServletRequest request) throws ServletException, IOException {
        play("doInfo", request);
    }

    @Override
    protected void doMessage(SipServletRequest request) throws ServletException, IOException {
        play("doMessage", request);
    }

    @Override
    protected void doPublish(SipServletRequest request) throws ServletException, IOException {
        play("doPublish", request);
    }

    @Override
    protected void doSubscribe(SipServletRequest request) throws ServletException, IOException {
        play("doSubscribe", request);
    }

    @Override
    protected void doNotify(SipServletRequest request) throws ServletException, IOException {
        play("doNotify", request);
    }

    @Override
    protected void doRefer(SipServletRequest request) throws ServletException, IOException {
        play("doRefer", request);
    }

    @Override
    protected void doUpdate(SipServletRequest request) throws ServletException, IOException {
        play("doUpdate", request);
    }

    @Override
    protected void doPrack(SipServletRequest request) throws ServletException, IOException {
        play("doPrack", request);
    }

    @Override
    protected void doProvisionalResponse(SipServletResponse response) throws ServletException, IOException {
        play("doProvisionalResponse", response);
    }

    @Override
    protected void doSuccessResponse(SipServletResponse response) throws ServletException, IOException {
        play("doSuccessResponse", response);
    }

    @Override
    protected void doRedirectResponse(SipServletResponse response) throws ServletException, IOException {
        play("doRedirectResponse", response);
    }

    @Override
    protected void doErrorResponse(SipServletResponse response) throws ServletException, IOException {
        play("doErrorResponse", response);
    }

    @Override
    protected void doBranchResponse(SipServletResponse response) throws ServletException, IOException {
        play("doBranchResponse", response);
    }
}
