// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.PassivationCapable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/** Makes the parts of the SIP application CDI beans of every archive of its deployment. */
final class SipBeans implements Extension {
    private final Map<Class<?>, Object> parts;

    SipBeans(Map<Class<?>, Object> parts) {
        this.parts = parts;
    }

    void add(@Observes AfterBeanDiscovery event) {
        parts.forEach((type, part) -> event.addBean(new Part(type, part)));
    }

    /**
     * One part. An archive sees the beans whose class belongs to a module it depends on; that is the API and not this
     * extension's module, hence no configurator, which would take the extension's class.
     */
    private record Part(Class<?> type, Object part) implements Bean<Object>, PassivationCapable {
        @Override
        public Class<?> getBeanClass() {
            return type;
        }

        @Override
        public Set<Type> getTypes() {
            return Set.of(type, Object.class);
        }

        @Override
        public Object create(CreationalContext<Object> context) {
            return part;
        }

        @Override
        public void destroy(Object instance, CreationalContext<Object> context) {
            // lives as long as the deployment
        }

        /** A normal scope: beans that are passivated may hold it. */
        @Override
        public Class<? extends Annotation> getScope() {
            return ApplicationScoped.class;
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return Set.of(Default.Literal.INSTANCE, Any.Literal.INSTANCE);
        }

        @Override
        public String getId() {
            return "io.ifbus.sip " + type.getName();
        }

        @Override
        public String getName() {
            return null;
        }

        @Override
        public Set<Class<? extends Annotation>> getStereotypes() {
            return Set.of();
        }

        @Override
        public boolean isAlternative() {
            return false;
        }

        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }
    }
}
