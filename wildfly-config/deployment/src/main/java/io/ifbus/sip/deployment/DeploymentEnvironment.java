// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.ApplicationEnvironment;
import jakarta.servlet.ServletContext;
import org.jboss.as.ee.component.ComponentRegistry;
import org.jboss.as.naming.ManagedReference;

/** What WildFly lends to one SIP application. */
final class DeploymentEnvironment implements ApplicationEnvironment {
    private final ClassLoader loader;
    private final ServletContext servletContext;
    private final ComponentRegistry components;
    private final ThreadSetup threadSetup;

    DeploymentEnvironment(
            ClassLoader loader, ServletContext servletContext, ComponentRegistry components, ThreadSetup threadSetup) {
        this.loader = loader;
        this.servletContext = servletContext;
        this.components = components;
        this.threadSetup = threadSetup;
    }

    @Override
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public ServletContext servletContext() {
        return servletContext;
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
}
