// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.deployment.descriptor.DeclaredApplication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.as.ee.component.Attachments;
import org.jboss.as.ee.component.DeploymentDescriptorEnvironment;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.web.common.WarMetaData;
import org.jboss.metadata.common.ejb.JBossEnvironmentRefsGroupMetaData;
import org.jboss.metadata.javaee.spec.Environment;
import org.jboss.metadata.javaee.spec.EnvironmentRefsGroupMetaData;
import org.jboss.metadata.javaee.spec.ParamValueMetaData;
import org.jboss.metadata.javaee.spec.RemoteEnvironmentRefsGroupMetaData;
import org.jboss.metadata.javaee.support.AbstractMappedMetaData;
import org.jboss.metadata.javaee.support.MappableMetaData;
import org.jboss.metadata.web.jboss.JBossWebMetaData;

/**
 * The HTTP half of a WAR, which shares its context parameters and its naming context with the SIP half (JSR 289
 * chapter 19). Both descriptors must agree where both speak.
 */
final class WebApplication {
    private static final String ENVIRONMENT = "java:module/env/"; // that of a WAR is its java:comp/env

    private final WarMetaData war;
    private final JBossWebMetaData merged;

    WebApplication(DeploymentUnit unit) {
        this.war = unit.getAttachment(WarMetaData.ATTACHMENT_KEY);
        this.merged = war.getMergedJBossWebMetaData();
    }

    /**
     * Adds what sip.xml says to what web.xml says.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    void add(DeclaredApplication declared, DeploymentUnit unit) {
        if (declared.hasDescriptor()) {
            requireSameDistributable(declared.descriptor().distributable());
            addContextParameters(declared.descriptor().contextParameters());
            addEnvironment(declared.environment(), unit);
        }
    }

    private void requireSameDistributable(boolean sipDistributable) {
        if (war.getWebMetaData() == null) {
            return; // no web.xml
        }
        boolean webDistributable = war.getWebMetaData().getDistributable() != null;
        if (webDistributable != sipDistributable) {
            throw new IllegalArgumentException("<distributable> is in "
                    + (sipDistributable ? "sip.xml, but not in web.xml" : "web.xml, but not in sip.xml")
                    + "; it must be in both or in none");
        }
    }

    private void addContextParameters(Map<String, String> parameters) {
        List<ParamValueMetaData> all = new ArrayList<>();
        if (merged.getContextParams() != null) {
            all.addAll(merged.getContextParams());
        }
        Map<String, String> known = new TreeMap<>();
        all.forEach(parameter -> known.put(parameter.getParamName(), parameter.getParamValue()));
        parameters.forEach((name, value) -> {
            String other = known.get(name);
            if (other == null) {
                ParamValueMetaData added = new ParamValueMetaData();
                added.setParamName(name);
                added.setParamValue(value);
                all.add(added);
            } else if (!other.equals(value)) {
                throw new IllegalArgumentException("the context-param '" + name + "' is '" + value
                        + "' in sip.xml and '" + other + "' in web.xml");
            }
        });
        merged.setContextParams(all);
    }

    private void addEnvironment(EnvironmentRefsGroupMetaData sip, DeploymentUnit unit) {
        Environment web = merged.getJndiEnvironmentRefsGroup();
        if (web == null) {
            merged.setJndiEnvironmentRefsGroup(sip);
            unit.putAttachment(
                    Attachments.MODULE_DEPLOYMENT_DESCRIPTOR_ENVIRONMENT,
                    new DeploymentDescriptorEnvironment(ENVIRONMENT, sip));
            return;
        }
        RemoteEnvironmentRefsGroupMetaData both = (RemoteEnvironmentRefsGroupMetaData) web;
        add(both.getEnvironmentEntries(), sip.getEnvironmentEntries(), both::setEnvironmentEntries);
        add(both.getEjbReferences(), sip.getEjbReferences(), both::setEjbReferences);
        add(both.getServiceReferences(), sip.getServiceReferences(), both::setServiceReferences);
        add(both.getResourceReferences(), sip.getResourceReferences(), both::setResourceReferences);
        add(
                both.getResourceEnvironmentReferences(),
                sip.getResourceEnvironmentReferences(),
                both::setResourceEnvironmentReferences);
        add(
                both.getMessageDestinationReferences(),
                sip.getMessageDestinationReferences(),
                both::setMessageDestinationReferences);
        add(both.getPersistenceUnitRefs(), sip.getPersistenceUnitRefs(), both::setPersistenceUnitRefs);
        add(both.getDataSources(), sip.getDataSources(), both::setDataSources);
        if (web instanceof JBossEnvironmentRefsGroupMetaData local) {
            add(local.getEjbLocalReferences(), sip.getEjbLocalReferences(), local::setEjbLocalReferences);
            add(local.getPersistenceContextRefs(), sip.getPersistenceContextRefs(), local::setPersistenceContextRefs);
        }
    }

    /** What both name is that of web.xml. */
    private static <T extends MappableMetaData, C extends AbstractMappedMetaData<T>> void add(
            C web, C sip, Consumer<C> setter) {
        if (sip == null) {
            return;
        }
        if (web == null) {
            setter.accept(sip);
            return;
        }
        Collection<T> missing = sip.stream()
                .filter(reference -> !web.containsKey(reference.getKey()))
                .toList();
        web.addAll(missing);
    }
}
