// SPDX-License-Identifier: AGPL-3.0-or-later
package example.screening;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** The list of callers who are refused: PUT and DELETE /blocked/{user}. The HTTP half of the application. */
public class BlockList extends HttpServlet {
    static final String ATTRIBUTE = "blocked";
    private static final long serialVersionUID = 1L;

    private final Set<String> blocked = ConcurrentHashMap.newKeySet();

    @Override
    public void init() throws ServletException {
        getServletContext().setAttribute(ATTRIBUTE, blocked);
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        blocked.add(request.getPathInfo().substring(1));
        response.setStatus(204);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        blocked.remove(request.getPathInfo().substring(1));
        response.setStatus(204);
    }
}
