// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.webcall;

import io.ifbus.sip.spi.SerialExecution;
import jakarta.annotation.Resource;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.util.Iterator;
import javax.servlet.sip.ConvergedHttpSession;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSession.Protocol;
import javax.servlet.sip.SipSessionsUtil;

/** One page for each thing that an HTTP servlet can do with its session. Each answers a short text. */
@WebServlet("/pages/*")
public class Pages extends HttpServlet {
    @Resource
    private transient SipSessionsUtil sessions;

    @Resource
    private transient SerialExecution execution;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain");
        String page = request.getPathInfo().substring(1);
        if (page.equals("forwarded")) {
            request.getRequestDispatcher("/pages/join").forward(request, response);
            return;
        }
        response.getWriter().println(answer(page, request));
    }

    private Object answer(String page, HttpServletRequest request) throws IOException {
        String id = request.getParameter("id");
        return switch (page) {
            case "join" -> mine(request).getId();
            case "http" -> request.getSession().getId();
            case "protocol-sessions" -> protocolSessions(mine(request));
            case "session-by-id" ->
                ((HttpSession) mine(request).getSession(request.getSession().getId(), Protocol.HTTP))
                        .getAttribute("mark");
            case "mark" -> {
                request.getSession().setAttribute("mark", id);
                yield id;
            }
            case "encode" -> converged(request).encodeURL(id);
            case "encode-relative" -> converged(request).encodeURL(id, request.getParameter("scheme"));
            case "encode-application" ->
                mine(request)
                        .encodeURL(URI.create(request.getRequestURL().toString())
                                .resolve(id)
                                .toURL());
            case "by-id" -> state(sessions.getApplicationSessionById(id));
            case "by-key" ->
                idOf(sessions.getApplicationSessionByKey(id, Boolean.parseBoolean(request.getParameter("create"))));
            case "end-http" -> {
                request.getSession().invalidate();
                yield "ended";
            }
            case "end-application" -> {
                SipApplicationSession ending = mine(request);
                execution.execute(ending, ending::invalidate);
                yield "asked";
            }
            case "rename" -> request.changeSessionId();
            default -> throw new IOException("no page " + page);
        };
    }

    private static ConvergedHttpSession converged(HttpServletRequest request) {
        return (ConvergedHttpSession) request.getSession();
    }

    private static SipApplicationSession mine(HttpServletRequest request) {
        return converged(request).getApplicationSession();
    }

    private static String protocolSessions(SipApplicationSession session) {
        StringBuilder ids = new StringBuilder();
        for (Iterator<?> each = session.getSessions("HTTP"); each.hasNext(); ) {
            ids.append(((ConvergedHttpSession) each.next()).getId()).append(' ');
        }
        return ids.toString().strip();
    }

    private static String idOf(SipApplicationSession session) {
        return session == null ? "none" : session.getId();
    }

    private static String state(SipApplicationSession session) {
        if (session == null) {
            return "none";
        }
        return session.isReadyToInvalidate() ? "ready" : "busy";
    }
}
