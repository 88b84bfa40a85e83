// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.security.SecuritySettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;

/** What an application server lends to one SIP application. Used by many threads at once. */
public interface ApplicationEnvironment {
    /** An object of the application and what must be done when it is no longer used. */
    interface Instance {
        Object object();

        void release();
    }

    /** A servlet's code. */
    @FunctionalInterface
    interface ServletCode {
        void run() throws ServletException, IOException;
    }

    /** What must be undone on the same thread when the application's code returns. */
    @FunctionalInterface
    interface Setup {
        void undo();
    }

    ClassLoader classLoader();

    /** Has the descriptor's context parameters among its init parameters. */
    ServletContext servletContext();

    /**
     * An instance with all its injections done.
     *
     * @throws Exception what the constructor or an injection threw; nothing is left behind
     */
    Instance instantiate(Class<?> type) throws Exception;

    /** Makes the calling thread one of the application's: class loader, naming context, CDI request scope. */
    Setup enter();

    /**
     * Runs a servlet's {@code service} within {@link #enter()}, with the servlet's run-as role and the identity of its
     * caller.
     *
     * @param caller who sent the message, or null when nobody has been authenticated
     * @throws ServletException what the code threw
     * @throws IOException what the code threw
     */
    default void runAs(ApplicationDescriptor.Servlet servlet, Principal caller, ServletCode code)
            throws ServletException, IOException {
        code.run();
    }

    /** The web application's HTTP session of that id, a {@code ConvergedSession}, or null. */
    default HttpSession httpSession(String id) {
        return null;
    }

    /** Who may log in, and how. Asked once, when the application is deployed. */
    default SecuritySettings security() {
        return SecuritySettings.DEFAULTS;
    }
}
