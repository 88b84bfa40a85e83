// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static io.ifbus.sip.deployment.DeploymentLogger.LOG;

import io.ifbus.sip.container.ApplicationDescriptor;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.as.ee.component.EEApplicationClasses;
import org.jboss.as.ee.component.EEModuleDescription;
import org.jboss.as.ee.component.FixedInjectionSource;
import org.jboss.as.ee.component.InjectionSource;
import org.jboss.as.ee.component.deployers.EEResourceReferenceProcessor;
import org.jboss.as.ee.component.deployers.EEResourceReferenceProcessorRegistry;
import org.jboss.as.ee.structure.DeploymentType;
import org.jboss.as.ee.structure.DeploymentTypeMarker;
import org.jboss.as.naming.ImmediateManagedReferenceFactory;
import org.jboss.as.server.deployment.AttachmentKey;
import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentPhaseContext;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUnitProcessingException;
import org.jboss.as.server.deployment.DeploymentUnitProcessor;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.jboss.as.web.common.WebComponentDescription;

/** PARSE: finds the SIP application of a WAR and makes its parts known to {@code @Resource} and to injection. */
final class ParseProcessor implements DeploymentUnitProcessor {
    /** On the WAR that holds the SIP application. */
    static final AttachmentKey<SipDeployment> APPLICATION = AttachmentKey.create(SipDeployment.class);

    @Override
    public void deploy(DeploymentPhaseContext context) throws DeploymentUnitProcessingException {
        DeploymentUnit unit = context.getDeploymentUnit();
        if (!DeploymentTypeMarker.isType(DeploymentType.WAR, unit)) {
            return;
        }
        if (unit.getAttachment(Attachments.DEPLOYMENT_ROOT)
                .getRoot()
                .getChild("WEB-INF/sip.xml")
                .exists()) {
            throw LOG.descriptorNotRead(unit.getName());
        }
        CompositeIndex index = unit.getAttachment(Attachments.COMPOSITE_ANNOTATION_INDEX);
        if (index == null) {
            return; // metadata-complete, or no class at all
        }
        EEModuleDescription module = unit.getAttachment(org.jboss.as.ee.component.Attachments.EE_MODULE_DESCRIPTION);
        Optional<ApplicationDescriptor> found;
        try {
            found = new AnnotationScan(index).application(module.getModuleName());
        } catch (IllegalArgumentException e) {
            throw LOG.wrongApplication(unit.getName(), e.getMessage(), e);
        }
        if (found.isEmpty()) {
            return;
        }
        SipDeployment deployment = new SipDeployment(found.get());
        SipDeployment other = deployment.attachTo(unit);
        if (other != null) {
            throw LOG.secondApplication(
                    unit.getParent().getName(),
                    other.descriptor().name(),
                    deployment.descriptor().name());
        }
        unit.putAttachment(APPLICATION, deployment);
        describeComponents(unit, module, deployment.descriptor());
        registerResources(unit, deployment);
    }

    /** Servlets and listeners become components, so that they are injected like those of HTTP. */
    private static void describeComponents(
            DeploymentUnit unit, EEModuleDescription module, ApplicationDescriptor descriptor) {
        EEApplicationClasses classes =
                unit.getAttachment(org.jboss.as.ee.component.Attachments.EE_APPLICATION_CLASSES_DESCRIPTION);
        Set<String> names = new LinkedHashSet<>(descriptor.listeners());
        descriptor.servlets().forEach(servlet -> names.add(servlet.className()));
        for (String name : names) {
            if (module.getComponentsByClassName(name).isEmpty()) {
                WebComponentDescription component =
                        new WebComponentDescription(name, name, module, unit.getServiceName(), classes);
                module.addComponent(component);
                unit.addToAttachmentList(WebComponentDescription.WEB_COMPONENTS, component.getStartServiceName());
            }
        }
    }

    private static void registerResources(DeploymentUnit unit, SipDeployment deployment) {
        EEResourceReferenceProcessorRegistry registry =
                unit.getAttachment(org.jboss.as.ee.component.Attachments.RESOURCE_REFERENCE_PROCESSOR_REGISTRY);
        deployment
                .standIns()
                .forEach((type, object) -> registry.registerResourceReferenceProcessor(new Resource(type, object)));
    }

    private record Resource(Class<?> type, Object object) implements EEResourceReferenceProcessor {
        @Override
        public String getResourceReferenceType() {
            return type.getName();
        }

        @Override
        public InjectionSource getResourceReferenceBindingSource() {
            return new FixedInjectionSource(new ImmediateManagedReferenceFactory(object), object);
        }
    }
}
