// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.SipApplication;
import io.ifbus.sip.container.SipServer;
import io.ifbus.sip.deployment.identity.Identities;
import jakarta.enterprise.inject.spi.BeanManager;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.as.controller.RequirementServiceBuilder;
import org.jboss.as.controller.capability.CapabilityServiceSupport;
import org.jboss.as.ee.component.ComponentRegistry;
import org.jboss.as.server.Services;
import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentPhaseContext;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUnitProcessor;
import org.jboss.as.server.deployment.SetupAction;
import org.jboss.as.weld.Capabilities;
import org.jboss.as.weld.WeldCapability;
import org.jboss.msc.service.ServiceName;
import org.wildfly.extension.undertow.UndertowService;
import org.wildfly.extension.undertow.deployment.UndertowDeploymentService;
import org.wildfly.service.descriptor.NullaryServiceDescriptor;

/**
 * INSTALL: a service per SIP application that starts when its web application is up and all connectors are open, and
 * stops before them.
 */
final class InstallProcessor implements DeploymentUnitProcessor {
    private static final String SERVICE = "sip-application";

    private final NullaryServiceDescriptor<SipServer> server;
    private final Predicate<ServiceName> connector;
    private final Applications applications;
    private final Supplier<Set<InetAddress>> trustedPeers;

    /**
     * @param connector tells which services are connectors; those that exist at deployment are waited for
     */
    InstallProcessor(
            NullaryServiceDescriptor<SipServer> server,
            Predicate<ServiceName> connector,
            Applications applications,
            Supplier<Set<InetAddress>> trustedPeers) {
        this.server = server;
        this.connector = connector;
        this.applications = applications;
        this.trustedPeers = trustedPeers;
    }

    @Override
    public void deploy(DeploymentPhaseContext context) {
        DeploymentUnit unit = context.getDeploymentUnit();
        SipDeployments.inside(unit).ifPresent(deployment -> install(context, unit, deployment));
    }

    private void install(DeploymentPhaseContext context, DeploymentUnit unit, SipDeployment deployment) {
        RequirementServiceBuilder<?> builder =
                context.getRequirementServiceTarget().addService();
        Consumer<SipApplication> provided =
                builder.provides(unit.getServiceName().append(SERVICE)); // the name is what failures are reported by
        Supplier<SipServer> serverSupplier = builder.requires(server);
        context.getServiceRegistry().getServiceNames().stream()
                .filter(connector)
                .forEach(builder::requires);
        Supplier<UndertowDeploymentService> web =
                builder.requires(UndertowService.deploymentServiceName(unit.getServiceName()));
        Supplier<ExecutorService> executor = Services.requireServerExecutor(builder);
        builder.requires(ComponentRegistry.serviceName(unit));
        List<SetupAction> actions = setupActions(unit);
        actions.forEach(action -> action.dependencies().forEach(builder::requires));
        Supplier<DeploymentEnvironment> environment = environment(unit, builder, deployment, actions, web);
        builder.setInstance(new SipApplicationService(
                        deployment, serverSupplier, environment, executor, applications, provided))
                .install();
    }

    /** Those of the web container and the general ones, the first to run first. */
    private static List<SetupAction> setupActions(DeploymentUnit unit) {
        List<SetupAction> ordered =
                new ArrayList<>(unit.getAttachmentList(org.jboss.as.ee.component.Attachments.WEB_SETUP_ACTIONS));
        ordered.sort(Comparator.comparingInt(SetupAction::priority).reversed());
        return ordered;
    }

    private Supplier<DeploymentEnvironment> environment(
            DeploymentUnit unit,
            RequirementServiceBuilder<?> builder,
            SipDeployment deployment,
            List<SetupAction> actions,
            Supplier<UndertowDeploymentService> web) {
        CapabilityServiceSupport support = unit.getAttachment(Attachments.CAPABILITY_SERVICE_SUPPORT);
        Supplier<BeanManager> beans = support.getOptionalCapabilityRuntimeAPI(
                        Capabilities.WELD_CAPABILITY_NAME, WeldCapability.class)
                .filter(weld -> weld.isPartOfWeldDeployment(unit))
                .map(weld -> weld.addBeanManagerService(unit, builder))
                .orElse(() -> null);
        Supplier<Identities> identities = SecurityDomains.identities(unit, builder);
        ClassLoader loader = unit.getAttachment(Attachments.MODULE).getClassLoader();
        ComponentRegistry components = unit.getAttachment(org.jboss.as.ee.component.Attachments.COMPONENT_REGISTRY);
        return () -> new DeploymentEnvironment(
                loader,
                web.get().getDeployment(),
                deployment.httpSessions(),
                components,
                new Callers(identities.get(), trustedPeers.get()),
                new ThreadSetup(deployment.name(), loader, actions, beans.get()));
    }
}
