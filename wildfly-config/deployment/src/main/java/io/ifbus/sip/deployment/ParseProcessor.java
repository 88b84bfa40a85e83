// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static io.ifbus.sip.deployment.DeploymentLogger.LOG;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.deployment.descriptor.DeclaredApplication;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jboss.as.ee.component.BindingConfiguration;
import org.jboss.as.ee.component.EEApplicationClasses;
import org.jboss.as.ee.component.EEModuleDescription;
import org.jboss.as.ee.component.FixedInjectionSource;
import org.jboss.as.ee.component.deployers.EEResourceReferenceProcessorRegistry;
import org.jboss.as.ee.structure.DeploymentType;
import org.jboss.as.ee.structure.DeploymentTypeMarker;
import org.jboss.as.naming.ImmediateManagedReferenceFactory;
import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentPhaseContext;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUnitProcessingException;
import org.jboss.as.server.deployment.DeploymentUnitProcessor;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.jboss.as.web.common.WebComponentDescription;
import org.jboss.vfs.VirtualFile;

/** PARSE: finds the SIP application of a WAR and makes its parts known to {@code @Resource} and JNDI. */
final class ParseProcessor implements DeploymentUnitProcessor {
    private static final String DESCRIPTOR = "WEB-INF/sip.xml";

    @Override
    public void deploy(DeploymentPhaseContext context) throws DeploymentUnitProcessingException {
        DeploymentUnit unit = context.getDeploymentUnit();
        if (!DeploymentTypeMarker.isType(DeploymentType.WAR, unit)) {
            return;
        }
        EEModuleDescription module = unit.getAttachment(org.jboss.as.ee.component.Attachments.EE_MODULE_DESCRIPTION);
        Optional<DeclaredApplication> found;
        try {
            found = declared(unit, module.getModuleName());
            if (found.isPresent()) {
                new WebApplication(unit).add(found.get(), unit);
            }
        } catch (IllegalArgumentException | IOException e) {
            throw LOG.wrongApplication(unit.getName(), e.getMessage(), e);
        }
        if (found.isPresent()) {
            deploy(unit, module, new SipDeployment(found.get().descriptor()));
        }
    }

    private static Optional<DeclaredApplication> declared(DeploymentUnit unit, String name) throws IOException {
        CompositeIndex index = unit.getAttachment(Attachments.COMPOSITE_ANNOTATION_INDEX); // null: no class at all
        VirtualFile sipXml =
                unit.getAttachment(Attachments.DEPLOYMENT_ROOT).getRoot().getChild(DESCRIPTOR);
        if (!sipXml.exists()) {
            return DeclaredApplication.of(index, name);
        }
        try (InputStream in = sipXml.openStream()) {
            return Optional.of(DeclaredApplication.of(in, index, name));
        }
    }

    private static void deploy(DeploymentUnit unit, EEModuleDescription module, SipDeployment deployment)
            throws DeploymentUnitProcessingException {
        if (SipDeployments.add(unit, deployment)) {
            EEResourceReferenceProcessorRegistry registry = // one for all archives of an EAR
                    unit.getAttachment(org.jboss.as.ee.component.Attachments.RESOURCE_REFERENCE_PROCESSOR_REGISTRY);
            SipDeployment.PARTS.forEach(
                    type -> registry.registerResourceReferenceProcessor(PartSource.references(type)));
        }
        describeComponents(unit, module, deployment.descriptor());
        bind(module, deployment);
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

    /** In the WAR by the name of JSR 289 section 18.3; for the other archives of its EAR below java:app. */
    private static void bind(EEModuleDescription module, SipDeployment deployment) {
        deployment.standIns().forEach((type, part) -> {
            String name = "sip/" + deployment.name() + "/" + type.getSimpleName();
            FixedInjectionSource source = new FixedInjectionSource(new ImmediateManagedReferenceFactory(part), part);
            module.getBindingConfigurations().add(new BindingConfiguration("java:module/env/" + name, source));
            module.getBindingConfigurations().add(new BindingConfiguration("java:app/" + name, source));
        });
    }

    @Override
    public void undeploy(DeploymentUnit unit) {
        SipDeployments.remove(unit);
    }
}
