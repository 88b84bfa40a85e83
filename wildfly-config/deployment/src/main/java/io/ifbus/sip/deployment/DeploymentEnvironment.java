// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.ApplicationEnvironment;
import io.ifbus.sip.deployment.converged.HttpSessions;
import io.ifbus.sip.security.SecuritySettings;
import io.undertow.servlet.api.Deployment;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import org.jboss.as.ee.component.ComponentRegistry;
import org.jboss.as.naming.ManagedReference;

/** What WildFly lends to one SIP application. */
final class DeploymentEnvironment implements ApplicationEnvironment {
    private final ClassLoader loader;
    private final Deployment web;
    private final HttpSessions httpSessions;
    private final ComponentRegistry components;
    private final Callers callers;
    private final ThreadSetup threadSetup;

    DeploymentEnvironment(
            ClassLoader loader,
            Deployment web,
            HttpSessions httpSessions,
            ComponentRegistry components,
            Callers callers,
            ThreadSetup threadSetup) {
        this.loader = loader;
        this.web = web;
        this.httpSessions = httpSessions;
        this.components = components;
        this.callers = callers;
        this.threadSetup = threadSetup;
    }

    @Override
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public ServletContext servletContext() {
        return web.getServletContext();
    }

    Deployment web() {
        return web;
    }

    @Override
    public HttpSession httpSession(String id) {
        return httpSessions.find(id);
    }

    @Override
    public Instance instantiate(Class<?> type) {
        ManagedReference reference = components.createInstanceFactory(type).getReference();
        Object object = reference.getInstance();
        return new Instance() {
            @Override
            public Object object() {
                return object;
            }

            @Override
            public void release() {
                reference.release();
            }
        };
    }

    @Override
    public Setup enter() {
        return threadSetup.enter();
    }

    @Override
    public SecuritySettings security() {
        return callers.settings();
    }

    @Override
    public void runAs(ApplicationDescriptor.Servlet servlet, Principal caller, ServletCode code)
            throws ServletException, IOException {
        callers.runAs(servlet, caller, code);
    }
}
