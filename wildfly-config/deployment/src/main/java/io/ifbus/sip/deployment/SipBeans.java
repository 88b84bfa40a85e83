// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.PassivationCapable;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

/**
 * Makes the parts of the SIP applications of a deployment CDI beans.
 *
 * <p>Of an only application they are beans of every archive. Of several, each WAR has those of its own application
 * unqualified, and every archive has all by {@code @Named("<application>")}; an unqualified {@code @Inject} outside of the
 * WARs stays unsatisfied, since nothing says which is meant.
 */
final class SipBeans implements Extension {
    private final SipDeployments deployments;

    SipBeans(SipDeployments deployments) {
        this.deployments = deployments;
    }

    void add(@Observes AfterBeanDiscovery event) throws ClassNotFoundException {
        boolean only = deployments.all().size() == 1;
        for (SipDeployments.Member member : deployments.all()) {
            Class<?> own = only ? null : member.ownClass();
            for (Map.Entry<Class<?>, Object> part :
                    member.application().standIns().entrySet()) {
                Class<?> type = part.getKey();
                event.addBean(
                        new Part(type, part.getValue(), only ? type : own, Default.Literal.INSTANCE, member.name()));
                event.addBean(new Part(type, part.getValue(), type, NamedLiteral.of(member.name()), member.name()));
            }
        }
    }

    /**
     * One part. An archive sees the beans whose class belongs to itself or to a module it depends on; that is the WAR or
     * the API and not this extension's module, hence no configurator, which would take the extension's class.
     */
    private record Part(Class<?> type, Object part, Class<?> beanClass, Annotation qualifier, String application)
            implements Bean<Object>, PassivationCapable {
        @Override
        public Class<?> getBeanClass() {
            return beanClass;
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
            return Set.of(qualifier, Any.Literal.INSTANCE);
        }

        @Override
        public String getId() {
            return String.join(" ", "io.ifbus.sip", application, type.getName(), qualifier.toString());
        }

        /** None: several parts have one application's name, and those of EL must be unique. */
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
