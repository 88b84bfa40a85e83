// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.watch;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;

/** Says whether the class loader that an application has left a weak reference to is still there. */
@WebServlet("/loader")
public class Watch extends HttpServlet {
    /** Of the JVM's properties; the value is a {@code WeakReference<ClassLoader>}. */
    public static final String LOADER = "io.ifbus.sip.tests.loader";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WeakReference<?> loader = (WeakReference<?>) System.getProperties().get(LOADER);
        System.gc();
        response.getWriter().println(loader == null ? "unknown" : loader.get() == null ? "collected" : "there");
    }
}
