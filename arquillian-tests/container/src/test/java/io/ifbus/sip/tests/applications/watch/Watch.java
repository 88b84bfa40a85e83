// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.watch;

import io.ifbus.sip.tests.applications.webcall.Caller;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;

/** Says whether the class loader that an application has left a weak reference to is still there. */
@WebServlet("/loader")
public class Watch extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WeakReference<?> loader = (WeakReference<?>) System.getProperties().get(Caller.LOADER);
        System.gc();
        response.getWriter().println(loader == null ? "unknown" : loader.get() == null ? "collected" : "there");
    }
}
